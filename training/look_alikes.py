"""Signs that one takes for each other: which name a sign has, only its neighbours tell."""

GROUPS = r"""
o O 0 \circ \sigma
x X \times \chi
v V \nu \vee u
c C (
s S 5
w W \omega
z Z 2
u U \mu \cup
p P \rho
k K \kappa
1 l I i | /
i j \iota l
a \alpha d
n \eta h
r \tau \gamma
e \epsilon \varepsilon \in c
g 9 q y
b 6 h
B 8 \beta R
y \gamma Y
- \bar \overline \frac \underline \hline =
. \cdot , \dot \prime '
, ' \prime ;
\hat \widehat \wedge
\tilde \widetilde \sim
\vec \rightarrow
\triangle \Delta A
\sum \Sigma E
\prod \Pi
\varphi \phi \psi
\| | \parallel
\ldots \cdots \ddots
\leq < \leqslant
\geq > \geqslant
\emptyset \phi 0 \theta
\partial \delta 2
\star * \bullet
\theta \vartheta 0 \Theta
\int f \oint \iint
t + T f
\Lambda \wedge A
\Omega \omega
\lambda \Lambda x
\zeta \xi 3
\xi \zeta \epsilon
\pi n \Pi
\perp \bot \top T
m M w
f F \int
q g 9
d a \partial
h n b
J j I
L l \lfloor
D P O
N M H
G C 6
Q O 0
R K P
7 1 T
4 9 Y
3 z \zeta
( [ c \langle
) ] \rangle
[ ( \lfloor |
] ) \rfloor |
\{ ( [ \langle
\} ) ] \rangle
\langle < (
\rangle > )
\subset \subseteq c
\supset \supseteq
\rightarrow \Rightarrow \mapsto -
\equiv = \cong
\approx \sim \simeq
\backslash / |
\ell l e
\hbar h
\Re R
\Im I
"""


def find_look_alikes(vocabulary: list[str]) -> list[list[int]]:
    """For each token, the ids of those that it is taken for; its own where nothing looks like it."""
    alike: dict[str, set[str]] = {token: set() for token in vocabulary}
    for line in GROUPS.split("\n"):
        group = [token for token in line.split() if token in alike]
        for token in group:
            alike[token].update(other for other in group if other != token)
    ids = {token: at for at, token in enumerate(vocabulary)}
    return [[ids[other] for other in sorted(alike[token])] or [ids[token]] for token in vocabulary]
