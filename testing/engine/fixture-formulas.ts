/** Formulas whose form differs between the behaviours of a result. */

export const limit = '\\lim_{x \\to 3} (\\frac{x^2+9}{x-3})'
export const cases =
  'f(x)=\\left\\{\\begin{array}{ll} x^2 & \\text{if } x<0 \\\\ 2x & \\text{if } x \\geq 0 \\end{array}\\right.'
export const system = '\\begin{aligned} 2x+y&=5 \\\\ x-y&=1 \\end{aligned}'
export const mixed = '-10x^2+5x-3 \\text{ and } -7x+4'
