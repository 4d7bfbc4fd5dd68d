const words = (list: string): string[] => list.trim().split(/\s+/)

/**
 * The model's alphabet, in the order of its output units. The order is part of the weights: append only.
 * `' '` is the blank inside `\text { … }`.
 */
export const vocabulary: readonly string[] = [
  ...['<pad>', '<start>', '<end>'],
  ...'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ...words('+ - = ( ) [ ] | / , . : ; ! ? < > * & { } ^ _ " \' @'),
  ' ',
  ...words('\\\\ \\% \\$ \\# \\{ \\} \\|'),
  ...words(
    '\\left( \\left[ \\left\\{ \\left| \\left\\| \\left. \\right) \\right] \\right\\} \\right| \\right\\| \\right.',
  ),
  ...words(
    '\\begin{array} \\end{array} \\hline \\frac \\binom \\sqrt \\longdiv \\overset \\underset \\stackrel',
  ),
  ...words(
    '\\bar \\overline \\underline \\hat \\widehat \\tilde \\widetilde \\vec \\overrightarrow \\overleftarrow \\dot \\ddot \\dddot',
  ),
  ...words('\\overbrace \\underbrace \\cancel \\boxed \\breve \\check'),
  ...words('\\text \\operatorname \\mathrm \\mathbf \\mathbb \\mathcal \\mathfrak \\tag \\quad'),
  ...words(
    '\\sin \\cos \\tan \\cot \\sec \\csc \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\coth \\log \\ln \\lg \\exp',
  ),
  ...words('\\lim \\max \\min \\sup \\inf \\limsup \\liminf \\det \\dim \\ker \\gcd \\deg \\arg \\Pr \\bmod'),
  ...words(
    '\\alpha \\beta \\gamma \\delta \\epsilon \\varepsilon \\zeta \\eta \\theta \\vartheta \\iota \\kappa \\lambda \\mu \\nu \\xi',
  ),
  ...words(
    '\\pi \\varpi \\rho \\varrho \\sigma \\varsigma \\tau \\upsilon \\phi \\varphi \\chi \\psi \\omega',
  ),
  ...words('\\Gamma \\Delta \\Theta \\Lambda \\Xi \\Pi \\Sigma \\Upsilon \\Phi \\Psi \\Omega'),
  ...words(
    '\\infty \\partial \\nabla \\prime \\ell \\hbar \\imath \\jmath \\Re \\Im \\aleph \\emptyset \\square \\diamond \\circ \\bullet \\star \\dagger',
  ),
  ...words(
    '\\times \\cdot \\div \\pm \\mp \\oplus \\otimes \\ominus \\odot \\cap \\cup \\backslash \\wedge \\vee \\neg',
  ),
  ...words(
    '\\leq \\geq \\leqslant \\geqslant \\neq \\approx \\equiv \\sim \\simeq \\cong \\propto \\ll \\gg \\doteq \\asymp \\prec \\succ \\preceq \\succeq',
  ),
  ...words(
    '\\in \\notin \\ni \\subset \\supset \\subseteq \\supseteq \\subsetneq \\forall \\exists \\nexists \\perp \\parallel \\nmid',
  ),
  ...words('\\angle \\triangle \\therefore \\because \\vdash \\models \\top \\bot \\not'),
  ...words(
    '\\rightarrow \\leftarrow \\leftrightarrow \\Rightarrow \\Leftarrow \\Leftrightarrow \\mapsto \\uparrow \\downarrow \\nearrow \\searrow \\rightleftharpoons \\hookrightarrow',
  ),
  ...words(
    '\\ldots \\cdots \\vdots \\ddots \\sum \\prod \\coprod \\int \\iint \\iiint \\oint \\bigcup \\bigcap \\bigoplus \\bigotimes \\bigvee \\bigwedge',
  ),
  ...words(
    '\\langle \\rangle \\lfloor \\rfloor \\lceil \\rceil \\left\\langle \\right\\rangle \\S \\wp \\& \\_ \\~',
  ),
  // Lines through two points, definitions, orders of size, groups and sets of the first university years.
  ...words(
    '\\overleftrightarrow \\triangleq \\lesssim \\gtrsim \\nsubseteq \\supsetneq \\triangleleft \\unlhd \\rtimes \\sqcup \\swarrow \\nwarrow',
  ),
  ...words(
    '\\rightsquigarrow \\llbracket \\rrbracket \\complement \\preccurlyeq \\succcurlyeq \\vDash \\dashv',
  ),
  // What books, wikis and papers write besides.
  ...words(
    '\\xrightarrow \\xleftarrow \\acute \\grave \\amalg \\sharp \\flat \\natural \\leqq \\geqq \\Vdash \\twoheadrightarrow \\checkmark',
  ),
  ...words(
    '\\ddagger \\ltimes \\triangleright \\bigsqcup \\bigodot \\boxtimes \\sqsubseteq \\circlearrowleft \\bowtie \\Downarrow \\beth',
  ),
]

export const tokenIds: ReadonlyMap<string, number> = new Map(vocabulary.map((token, id) => [token, id]))
