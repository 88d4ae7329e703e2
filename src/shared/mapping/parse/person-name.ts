/** Capitals of personal names: small particles, O' and Mc, hyphens, initials, numerals. */

const particles = new Set(
  'van von der den de del della di da das dos do du des le la las los el al bin ibn ben zu zum zur ter ten te af av y e'.split(
    ' ',
  ),
)
const numerals = new Set(['II', 'III', 'IV', 'VI', 'VII', 'VIII', 'IX', 'XI', 'XII'])

/**
 * A name in customary capitals. A word that already mixes capitals (McDonald, DeShawn, van der Berg typed with care)
 * stays as it is; only a name written wholly in capitals or small letters is changed.
 */
export function nameCase(text: string): string {
  const isShouting = text === text.toUpperCase()
  const isWhispering = text === text.toLowerCase()
  if (!isShouting && !isWhispering) return text.replace(/\S+/g, mixedWord)
  const words = text.split(/(\s+)/)
  const lastWord = words.findLastIndex((word) => word.trim() !== '')
  return words.map((word, index) => namedWord(word, { isLast: index === lastWord, isFirst: index === 0 })).join('')
}

/** In a mixed name only words of one case with more than one letter are mended: 'JOHN Smith', 'john Smith'. */
function mixedWord(word: string): string {
  if (particles.has(word.toLowerCase()) || numerals.has(word) || [...word].length < 3) return word
  const isOneCase = word === word.toUpperCase() || word === word.toLowerCase()
  return isOneCase ? capitalised(word.toLowerCase()) : word
}

function namedWord(word: string, at: { readonly isLast: boolean; readonly isFirst: boolean }): string {
  const lower = word.toLowerCase()
  if (!at.isLast && particles.has(lower)) return lower
  if (!at.isFirst && numerals.has(word.toUpperCase())) return word.toUpperCase()
  return capitalised(lower)
}

/** Capital at the start, after hyphens and dots, after an apostrophe that follows one letter, and after Mc. */
function capitalised(lower: string): string {
  return lower
    .replace(/(^|[-.‐–(/"“])(\p{L})/gu, (_found, before: string, letter: string) => before + letter.toUpperCase())
    .replace(
      /(^|[^\p{L}])(\p{L})(['’ʼ])(\p{L}\p{L})/gu,
      (_found, before: string, first: string, mark: string, rest: string) => {
        const [letter = '', second = ''] = [...rest]
        return `${before}${first.toUpperCase()}${mark}${letter.toUpperCase()}${second}`
      },
    )
    .replace(
      /(^|[^\p{L}])Mc(\p{L})(?=\p{L})/gu,
      (_found, before: string, letter: string) => `${before}Mc${letter.toUpperCase()}`,
    )
}

/** A capital at the start of each word, the rest small. */
export function titleCase(text: string): string {
  return text
    .toLowerCase()
    .replace(/(^|[\s\-–/("“])(\p{L})/gu, (_found, before: string, letter: string) => before + letter.toUpperCase())
}
