/** The mapping as a drawing to look at, and the same as a list: what the drawing shows, everybody can read. */
import { Card } from '#renderer/ui/card.tsx'
import { explainRow } from '#shared/mapping/explain-mapping.ts'
import { type Box, drawingOf, type FlowDrawing } from './drawing.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import type { LineView } from './line-view.ts'
import { text } from './text.ts'

export function OverviewTab() {
  const { definition, lines, names } = useEditor()
  const filled = lines.filter(({ row }) => row)
  const labels = new Map(lines.map(({ name, label }) => [name, label]))
  const drawing = drawingOf(definition.mapping, labels, text.overview)
  const nameOf = (end: typeof definition.source): string => names.get(end.connection) ?? end.connection
  return (
    <div className={classes.tab}>
      <p className={classes.quiet}>{text.overview.hint}</p>
      <div className={classes.drawingOnly}>
        <Card title={text.overview.drawing}>
          <div className={classes.drawingEnds}>
            <span>{nameOf(definition.source)}</span>
            <span>{nameOf(definition.destination)}</span>
          </div>
          <Drawing drawing={drawing} />
        </Card>
      </div>
      <Card title={text.overview.list}>
        <ul className={classes.overviewList}>
          {filled.map((line) => (
            <li key={line.name} dir="auto">
              <strong>{line.label}</strong> {explained(line)}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

/** The whole sentence: here no column tells where the value comes from. */
function explained({ row, name }: LineView): string {
  return row ? explainRow(row).slice(name.length + 1) : ''
}

function Drawing({ drawing }: { readonly drawing: FlowDrawing }) {
  return (
    <svg
      className={classes.drawing}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      role="img"
      aria-label={text.overview.drawingLabel(drawing.lines.length)}
    >
      {drawing.lines.map(({ key, path }) => (
        <path key={key} d={path} className={classes.wire} />
      ))}
      {drawing.left.map((box) => (
        <FieldBox key={box.name} box={box} drawing={drawing} />
      ))}
      {drawing.right.map((box) => (
        <FieldBox key={box.name} box={box} drawing={drawing} />
      ))}
    </svg>
  )
}

function FieldBox({ box, drawing }: { readonly box: Box; readonly drawing: FlowDrawing }) {
  return (
    <g>
      <rect x={box.x} y={box.y} width={drawing.boxWidth} height={drawing.boxHeight} rx={8} className={classes.box} />
      <text x={box.x + 12} y={box.y + drawing.boxHeight / 2} dominantBaseline="central" className={classes.boxText}>
        {box.label}
      </text>
    </g>
  )
}
