/** Words for yes and no: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Czech, Nordic languages. */
export const yesWords: readonly string[] =
  'yes y true t on 1 x ✓ ✔ ☑ ja j wahr an oui vrai sí si verdadero vero sim verdadeiro waar aan tak prawda ano pravda joo kyllä sant'.split(
    ' ',
  )

export const noWords: readonly string[] =
  'no n false f off 0 ✗ ✘ ☐ nein falsch aus non faux falso não nao nee onwaar uit nie fałsz ne nepravda ei nej nei falsk'.split(
    ' ',
  )
