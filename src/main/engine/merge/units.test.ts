import { expect, it } from 'vitest'
import { type UnitsInput, unitsOf } from './units.ts'

const units = (parts: Partial<UnitsInput>): string[] =>
  unitsOf({ forward: [], back: [], groups: [], options: {}, ...parts }).map(
    ({ name, sourceFields, destinationFields, filledAtSource, filledAtDestination }) =>
      `${name}: ${sourceFields.join()} | ${destinationFields.join()} (${filledAtSource.join()} | ${filledAtDestination.join()})`,
  )

it('a field and its counterpart are one unit', () => {
  expect(
    units({
      forward: [
        { to: 'email', from: 'E-mail' },
        { to: 'city', from: 'City' },
      ],
      back: [{ to: 'E-mail', from: 'email' }],
    }),
  ).toEqual(['email: E-mail | email (E-mail | email)', 'city: City | city ( | city)'])
})

it('fields that a mapping joins or takes apart are one unit, however they are tied', () => {
  expect(
    units({
      forward: [{ to: 'name', from: ['first', 'last'], steps: [{ join: { with: ' ' } }] }],
      back: [
        { to: 'last', from: 'name' },
        { to: 'salutation', from: 'name' },
      ],
    }),
  ).toEqual(['name: first,last,salutation | name (last,salutation | name)'])
})

it('a group makes one unit of its fields, under its own name', () => {
  expect(
    units({
      forward: [
        { to: 'street', from: 'Street' },
        { to: 'email', from: 'E-mail' },
        { to: 'city', from: 'City' },
      ],
      groups: [{ name: 'address', fields: ['street', 'city'] }],
    }),
  ).toEqual(['address: City,Street | city,street ( | city,street)', 'email: E-mail | email ( | email)'])
})

it('a fixed value is a unit without a field at the source', () => {
  expect(units({ forward: [{ to: 'origin', value: 'shop' }] })).toEqual(['origin:  | origin ( | origin)'])
})
