/**
 * Text without case and accents, for comparing what was typed with names: `Ångström` and `angstrom` are alike.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    // Letters that stand for two, or carry their stroke inside, are not taken apart by NFKD.
    .replaceAll(/[ßẞ]/gu, 'ss')
    .replaceAll(/[øØ]/gu, 'o')
    .replaceAll(/[łŁ]/gu, 'l')
    .replaceAll(/[æÆ]/gu, 'ae')
    .replaceAll(/[œŒ]/gu, 'oe')
    .replaceAll(/[đĐ]/gu, 'd')
    .toLowerCase();
