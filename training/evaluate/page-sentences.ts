import type { Rng } from '../generate/rng.ts'

/**
 * Sentences as worksheets and textbooks have them, made up for the measurement. `#` stands for a short formula, `@` for a letter,
 * `0` for a number in running text.
 */
const openings = `
Solve the equation # for every real number @.
Find the derivative of # with respect to @.
Let @ be a positive integer such that # holds.
Suppose that # and that the function is continuous.
Show that # whenever the sequence converges.
The line # meets the circle in two different points.
Determine all values of @ for which # has no solution.
Since # is even, its graph is symmetric about the axis.
A rectangle has area 24 and perimeter 20, so its sides satisfy #.
We write # for the set of all such numbers.
If # then the series diverges by the ratio test.
Use the substitution # to simplify the integral.
The probability of drawing a red ball is #, as before.
Compare your answer with the estimate # from Exercise 12.
Here @ denotes the slope and # the intercept.
Assume first that #; the other case is similar.
By the previous theorem, # is bounded from above.
A train leaves the station at noon and travels 80 miles per hour.
Explain in your own words why the limit does not exist.
The following table shows the height of a plant after several weeks.
Every student should try this exercise before reading the solution.
Sketch the region bounded by # and the horizontal axis.
In this chapter we study how quickly a population grows.
Evaluate # without using a calculator.
Hence # and the proof is complete.
Recall that a prime number has exactly two positive divisors.
The volume of the box is given by #, measured in cubic metres.
Choose a point on the curve and draw the tangent there.
It follows that # because both sides are positive.
Write your result as a fraction in lowest terms.
`
  .trim()
  .split('\n')

const introductions = `
Consider the following equation:
We obtain the formula
Simplify the expression below.
This gives, after some algebra,
The general solution can be written as
Therefore we have
Find the exact value of
Multiplying both sides yields
`
  .trim()
  .split('\n')

/** `letters` follow what stands before them without a blank. */
export type Piece = { readonly kind: 'words' | 'letters' | 'inline' | 'letter'; readonly text: string }

export function sampleSentence(rng: Rng): Piece[] {
  return splitPieces(rng.pick(openings))
}

export function splitPieces(sentence: string): Piece[] {
  return sentence
    .split(/([#@])/)
    .filter((part) => part !== '')
    .map((part) => ({
      kind: part === '#' ? 'inline' : part === '@' ? 'letter' : 'words',
      text: part === '#' || part === '@' ? '' : part,
    }))
}

export function sampleIntroduction(rng: Rng): Piece[] {
  return [{ kind: 'words', text: rng.pick(introductions) }]
}
