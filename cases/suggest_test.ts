import { assertEquals } from "@std/assert";
import { didYouMean, nearest } from "./suggest.ts";

const options = ["out", "case", "layout", "rows", "seed", "help"];

Deno.test("a misspelt word finds the name it is nearest to", () => {
  for (
    const [word, name] of [["layuot", "layout"], ["row", "rows"], ["sed", "seed"], ["ou", "out"], [
      "Help",
      "help",
    ]]
  ) {
    assertEquals(nearest(word!, options)[0], name);
  }
});

Deno.test("a word near to nothing finds nothing", () => {
  assertEquals(nearest("verbose", options), []);
  assertEquals(nearest("", options), []);
  assertEquals(nearest("rows", []), []);
});

Deno.test("a swap of neighbours counts as one edit", () => {
  assertEquals(nearest("ab", ["ba", "xy"]), ["ba"]);
});

Deno.test("a glob finds the names it nearly matches, at most three", () => {
  const ids = ["notebook/n=1/target=y/auto", "notebook/n=1/target=z/auto", "other/n=1"];
  assertEquals(nearest("notebook/n=7/*", ids), ids.slice(0, 2));
  assertEquals(nearest("notebook/*/target=w/auto", ids), ids.slice(0, 2));
  assertEquals(nearest("*", ["a", "b", "c", "d"]).length, 3);
});

Deno.test("a part of a name finds the names that contain it", () => {
  assertEquals(
    nearest("y_mean", ["notebook/n=2/target=y_mean/auto", "notebook/n=2/target=z/auto"]),
    [
      "notebook/n=2/target=y_mean/auto",
    ],
  );
});

Deno.test("the suggestion reads as the end of a message", () => {
  assertEquals(didYouMean("row", options), ', did you mean "rows"?');
  assertEquals(didYouMean("long", ["lung", "ling"]), ', did you mean "lung" or "ling"?');
  assertEquals(didYouMean("verbose", options), "");
});

Deno.test("nothing is near a word, and no candidate is, that is too long to compare", () => {
  const long = "a".repeat(257);
  assertEquals(nearest(long, [long, "a"]), []);
  assertEquals(nearest("a".repeat(256), [long, "a".repeat(255)]), ["a".repeat(255)]);
});
