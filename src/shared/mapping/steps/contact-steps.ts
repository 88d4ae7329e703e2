/** Steps for phone numbers, e-mail addresses, countries and regions. An empty text gives an empty value. */
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import { mappingError } from '../mapping-error.ts'
import { readEmail } from '../parse/email.ts'
import { countryCodeOf, describeCountry, findRegion, hasRegions } from '../parse/places.ts'
import { trimText } from '../parse/text.ts'
import { reportIssue } from '../report-issue.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import type {
  Compiling,
  Evaluation,
  Flowing,
  StepDefinitions,
  StepFunction,
  StepResult,
  Stopped,
} from '../step-types.ts'
import { onText } from './text-values.ts'

export const contactSteps: StepDefinitions<'phone' | 'normalize-email' | 'country' | 'region'> = {
  phone: {
    explain: ({ country, output = 'e164' }) =>
      `Brings the phone number into ${output === 'national' ? 'national' : 'international'} form${country ? ` (${country} where it names no country)` : ''}`,
    compile: compilePhone,
  },
  'normalize-email': { explain: () => 'Brings the e-mail address into one form', compile: compileEmail },
  country: {
    explain: ({ output = 'alpha-2' }) =>
      `Turns the country into its ${output === 'name' ? 'English name' : `${output} code`}`,
    compile: ({ output = 'alpha-2' }) =>
      onFilledText((text, evaluation) => {
        const code = countryCodeOf(text)
        if (code !== undefined) return describeCountry(code, output)
        return reportIssue(evaluation, {
          code: 'unknown-country',
          value: text,
          problem: 'is not a country Patchbay knows',
          next: 'Correct the value, or translate it with map-values first.',
        })
      }),
  },
  region: {
    explain: ({ country, countryFrom, output = 'code' }) =>
      `Turns the state or province of ${country ?? countryFrom ?? ''} into its ${output === 'name' ? 'name' : 'code'}`,
    compile: compileRegion,
  },
}

/** A step on text for which blank text is an empty value. */
function onFilledText(change: (text: string, evaluation: Evaluation) => StepResult): StepFunction {
  return onText((text, evaluation) => {
    const trimmed = trimText(text)
    return trimmed === '' ? null : change(trimmed, evaluation)
  })
}

function compilePhone(options: StepOptions['phone'], { options: mappingOptions, place }: Compiling): StepFunction {
  const country = options.country ?? mappingOptions.defaultCountry
  if (country !== undefined && !isSupportedCountry(country))
    throw mappingError(`${place}.country`, `${country} is not a country with phone numbers`)
  const { output = 'e164', check = 'valid' } = options
  return onFilledText((text, evaluation) => {
    const phone = parsePhone(text, country)
    if (!phone || !(check === 'valid' ? phone.isValid() : phone.isPossible()))
      return phoneIssue(text, country, evaluation)
    if (phone.ext && options.extension !== 'drop') return extensionIssue(text, evaluation)
    if (output === 'e164') return phone.number
    const form = output === 'national' ? phone.formatNational() : phone.formatInternational()
    return phone.ext ? form.slice(0, form.lastIndexOf(' ext. ')) : form
  })
}

function parsePhone(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  // Without 'extract' a text with a number somewhere in it ("call 555 1234 after six") is not taken for the number.
  return country === undefined
    ? parsePhoneNumberFromString(text, { extract: false })
    : parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
}

function phoneIssue(text: string, country: string | undefined, evaluation: Evaluation): Stopped {
  return reportIssue(evaluation, {
    code: 'not-a-phone-number',
    value: text,
    problem:
      country === undefined
        ? 'is not a phone number with its country code'
        : `is not a phone number (read for ${country})`,
    next: country === undefined ? 'Correct the value, or declare the country in the step.' : 'Correct the value.',
  })
}

function extensionIssue(text: string, evaluation: Evaluation): Stopped {
  return reportIssue(evaluation, {
    code: 'phone-extension',
    value: text,
    problem: 'has an extension, which the target form cannot carry',
    next: 'Correct the value, or say in the step that the extension is dropped (extension: drop).',
  })
}

function compileEmail(): StepFunction {
  return onFilledText((text, evaluation) => {
    const email = readEmail(text)
    if (email !== undefined) return email
    const several = /[,;]/.test(text) && text.split('@').length > 2
    return reportIssue(evaluation, {
      code: 'not-an-email',
      value: text,
      problem: several ? 'has several e-mail addresses' : 'is not an e-mail address',
      next: several ? 'Take one of them with the step “Split”, or correct the value.' : 'Correct the value.',
    })
  })
}

function compileRegion(options: StepOptions['region'], compiling: Compiling): StepFunction {
  const { output = 'code' } = options
  const readCountry = options.countryFrom === undefined ? undefined : compiling.read(options.countryFrom)
  return onFilledText((text, evaluation) => {
    const country = readCountry ? countryFrom(readCountry(evaluation.scope)) : options.country
    if (country === undefined) return regionIssue(text, 'a country Patchbay knows', evaluation)
    const region = findRegion(country, text)
    if (region) return output === 'code' ? region.code : output === 'iso' ? `${country}-${region.code}` : region.name
    if (!hasRegions(country) && options.otherCountries !== 'issue') return text
    return regionIssue(text, country, evaluation)
  })
}

function countryFrom(value: Flowing): string | undefined {
  return typeof value === 'string' ? countryCodeOf(value) : undefined
}

function regionIssue(text: string, country: string, evaluation: Evaluation): Stopped {
  return reportIssue(evaluation, {
    code: 'unknown-region',
    value: text,
    problem: `is not a state or province of ${country}`,
    next: 'Correct the value, or translate it with map-values first.',
  })
}
