/** Text as it may stand in the XML of a workbook. */

/** Control characters and literal _x0041_ are written the way Excel does; the reader turns them back. */
export function escapeXml(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? '&quot;')
    .replace(notInXml, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the characters XML does not allow
const notInXml = /[\x00-\x08\x0b-\x1f\ufffe\uffff]/g
