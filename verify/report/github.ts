/**
 * Annotations for GitHub Actions: workflow commands that show what is wrong on the page of the run.
 *
 * @module
 */
import { describe } from "../describe.ts";
import type { CaseVerdict } from "../judge.ts";
import { mergeInstances } from "./merge.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction } from "./summary.ts";

/**
 * One line per tensor and witness that is wrong, none if all is right; the instances of a case are taken together.
 *
 * GitHub reads such lines on standard output and on standard error. Escaped as its toolkit does: `%`, line ends, and in the title
 * also `:` and `,` (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function githubAnnotations(
  results: readonly CaseVerdict[],
  options: ReportOptions,
): string[] {
  return mergeInstances(results).flatMap(({ id, count, tensors }) =>
    tensors.filter(({ right }) => !right).map((t) => {
      const where = count > 1 ? `instance ${t.instance}, ` : "";
      const message = `${where}${describe(t)}; to reproduce: ${reproduction(id, options)}`;
      return `::error title=${escape(`${id} ${t.tensor}`, /[%\r\n:,]/g)}::${
        escape(message, /[%\r\n]/g)
      }`;
    })
  );
}

function escape(text: string, characters: RegExp): string {
  return text.replace(
    characters,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
