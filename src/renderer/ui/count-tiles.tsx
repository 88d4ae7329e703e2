/** Counts that can be pressed to see only those records. A count that nothing lists is plain text. */
import classes from './count-tiles.module.css'
import { formatCount } from './format.ts'
import { Icon } from './icons.tsx'
import type { Tone } from './tone.ts'

export interface CountTile {
  readonly key: string
  readonly label: string
  readonly count: number
  readonly tone: Tone
  /** Its records can be listed. */
  readonly isListed: boolean
}

export interface CountTilesProps {
  readonly label: string
  readonly tiles: readonly CountTile[]
  readonly chosen: string | null
  readonly onChoose: (key: string | null) => void
}

export function CountTiles({ label, tiles, chosen, onChoose }: CountTilesProps) {
  return (
    <ul className={classes.tiles} aria-label={label}>
      {tiles.map((tile) => (
        <li key={tile.key}>
          <Tile
            tile={tile}
            isChosen={chosen === tile.key}
            onPress={() => onChoose(chosen === tile.key ? null : tile.key)}
          />
        </li>
      ))}
    </ul>
  )
}

function Tile({
  tile,
  isChosen,
  onPress,
}: {
  readonly tile: CountTile
  readonly isChosen: boolean
  readonly onPress: () => void
}) {
  const tone = tile.count === 0 ? 'quiet' : tile.tone
  const content = (
    <>
      <span className={classes.count}>{formatCount(tile.count)}</span>
      <span className={classes.label} data-tone={tone}>
        <Icon name={tile.tone} size={15} />
        {tile.label}
      </span>
    </>
  )
  if (!tile.isListed || tile.count === 0)
    return (
      <div className={classes.tile} data-empty={tile.count === 0}>
        {content}
      </div>
    )
  return (
    <button type="button" className={classes.tile} aria-pressed={isChosen} onClick={onPress}>
      {content}
    </button>
  )
}
