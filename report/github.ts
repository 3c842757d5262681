/**
 * Annotations for GitHub Actions: workflow commands that show what is wrong on the page of the run.
 *
 * @module
 */
import { describe } from "../verify/describe.ts";
import type { CaseVerdict } from "../verify/case_verdict.ts";
import { mergeInstances } from "./merge.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction } from "./summary.ts";

/**
 * One line per tensor that is wrong, by its first witness, and none if all is right; the instances
 * of a case are taken together.
 *
 * GitHub reads such lines on standard output and on standard error. Escaped as its toolkit does:
 * `%`, line ends, and in the title also `:` and `,`
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function githubAnnotations(
  results: readonly CaseVerdict[],
  options: ReportOptions,
): string[] {
  return mergeInstances(results).flatMap(({ id, count, tensors }) => {
    const wrong = tensors.filter(({ right }) => !right);
    const names = new Set(wrong.map(({ tensor }) => tensor));
    return [...names].map((name) => {
      const t = wrong.find(({ tensor }) => tensor === name)!;
      const where = count > 1 ? `instance ${t.instance}, ` : "";
      const message = `${where}${describe(t)}; to reproduce: ${reproduction(id, options)}`;
      return `::error title=${escape(`${id} ${name}`, /[%\r\n:,]/g)}::${
        escape(message, /[%\r\n]/g)
      }`;
    });
  });
}

function escape(text: string, characters: RegExp): string {
  return text.replace(
    characters,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
