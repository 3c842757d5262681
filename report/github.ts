/**
 * Annotations for GitHub Actions: workflow commands that show what is wrong on the page of the run.
 *
 * @module
 */
import { describe, describeMissing } from "../verify/describe.ts";
import type { CaseVerdict } from "../verify/case_verdict.ts";
import { mergeInstances } from "./merge.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction } from "./summary.ts";

/**
 * An error per tensor that is wrong, by its first witness, or missing, a warning per tensor that is
 * `unchecked`, and none if all is right; the instances of a case are taken together.
 *
 * GitHub reads such lines on standard output and on standard error. Escaped as its toolkit does:
 * `%`, line ends, and in the title also `:` and `,`
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function githubAnnotations(
  results: readonly CaseVerdict[],
  options: ReportOptions,
): string[] {
  return mergeInstances(results).flatMap(({ id, count, tensors, missing }) => {
    const annotation = (level: string, name: string, instance: number, text: string) => {
      const where = count > 1 ? `instance ${instance}, ` : "";
      const message = `${where}${text}; to reproduce: ${reproduction(id, options)}`;
      return `::${level} title=${escape(`${id} ${name}`, /[%\r\n:,]/g)}::${
        escape(message, /[%\r\n]/g)
      }`;
    };
    const wrong = tensors.filter(({ right }) => !right);
    const names = new Set(wrong.map(({ tensor }) => tensor));
    const open = new Map(
      tensors.filter(({ tensor, right, verdict }) =>
        right && verdict === "unchecked" && !names.has(tensor)
      ).toReversed().map((t) => [t.tensor, t]),
    );
    return [
      ...[...names].map((name) => {
        const t = wrong.find(({ tensor }) => tensor === name)!;
        return annotation("error", name, t.instance, describe(t));
      }),
      ...missing.map(({ name, instance }) =>
        annotation("error", name, instance, describeMissing(name))
      ),
      ...[...open.values()].map((t) => annotation("warning", t.tensor, t.instance, describe(t))),
    ];
  });
}

function escape(text: string, characters: RegExp): string {
  return text.replace(
    characters,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
