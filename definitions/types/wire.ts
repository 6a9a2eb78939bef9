/* Generated from definitions/schemas by `npm run types`. Do not edit. */

/**
 * Ministry code of a municipality.
 */
export type MunicipalityCode = string;

/**
 * Every noun of this sheet.
 */
export interface Nouns {
  MunicipalityCode?: MunicipalityCode;
}
