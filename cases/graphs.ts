/**
 * Small graphs, each for what the notebook's network has not: the case on which a bug of one kind
 * shows.
 *
 * @module
 */
import type { Case } from "./case.ts";
import { axesCases } from "./graphs/axes.ts";
import { layersCases } from "./graphs/layers.ts";
import { nonfiniteCases } from "./graphs/nonfinite.ts";
import { pathsCases } from "./graphs/paths.ts";

/** The graphs; ids begin with `graph/`. */
export const graphCases: readonly Case[] = [
  ...layersCases,
  ...pathsCases,
  ...axesCases,
  ...nonfiniteCases,
];
