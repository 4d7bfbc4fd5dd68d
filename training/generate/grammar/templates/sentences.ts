import { listTemplates } from './fill.ts'

/** Words with formulas between `$`: exercise lines, definitions, remarks. */
export const sentences = listTemplates(String.raw`
Solve: $@d@x@S@d=@D$
Solve for $@x$: $@E=@D$
Solve $@e=@D$.
Find $@x$ if $@e=@D$.
Find the value of $@x$ if $@e=@D$.
Find $@f'(@x)$ if $@f(@x)=@E$.
Find $\frac{dy}{dx}$ if $y=@E$.
Find the derivative of $@f(@x)=@E$.
Evaluate $@E$ when $@x=@d$.
Evaluate $\int_{@D}^{@D}@E\,d@x$.
Evaluate $\lim_{@x\to @d}\frac{@e}{@e}$.
Compute $\int @E\,d@x$.
Simplify $@E$.
Simplify: $\frac{@e}{@e}$
Factor $@e$ completely.
Expand $(@x@S@d)^{@d}$.
Show that $@E=@E$.
Prove that $@a^2+@a2^2\geq 2@a@a2$.
Let $@f(@x)=@E$.
Let $@f:@R\to @R2$ be continuous.
Let $@f:@A\to @A2$ be a function.
Let $@A$ be an $n\times n$ matrix.
Let $@A\subseteq @R$ be open.
Let $@x,@x2\in @R$ with $@x\neq @x2$.
Let $@n\in\mathbb{N}$ and $@x>0$.
Let $\varepsilon>0$ be given.
Let $@x=@d$ and $@x2=@d$.
If $@x=@d$, then $@f(@x)=@D$.
If $@e=@D$ then $@x=@d$.
If $@x>@d$ then $@f(@x)<@D$.
If $@a\mid @a2$ and $@a2\mid @a3$, then $@a\mid @a3$.
Suppose $@f(@a)=@f(@a2)$.
Suppose that $@a_{@n}\to @x$ as $@n\to\infty$.
Then $@x=@E$.
Then $@f(@x)=@e$ for all $@x\in @R$.
Hence $@E=@D$.
Thus $@x=@d$ or $@x=@D$.
So $@x=@E$.
Therefore $@x\approx @m$.
Since $@f'(@x)>0$, $@f$ is increasing.
Since $@x\neq 0$, we have $@E=@D$.
Note that $@E\leq @E$.
Recall that $\sin^2 @x+\cos^2 @x=1$.
We have $@f(@x)=@E$.
where $@a=@d$ and $@a2=@d$
where $@x\in @R$
where $@n\geq @d$
for all $@x\in @R$
for every $\varepsilon>0$
for $@n=1,2,\ldots$
for $@i=1,\ldots,@n$
as $@n\to\infty$
$@x=@d$ or $@x=-@d$
$@x=@D$ and $@x2=@D$
$@e$ and $@e$
$@f(@x)=@e$ for $@x\geq @d$
$@f(@x)=@E$ where $@x\neq @d$
$@E=@E$ for all $@x$
$@x^2=@D$ so $@x=\pm @d$
$@a>0$ and $@a2<0$
$@f$ is continuous at $@x=@a$
$@f$ is differentiable on $(@a,@a2)$
$@A$ is invertible if and only if $\det @A\neq 0$
$@n$ is even if $@n=2@i$
$@x$ is a root of $@e=0$
$@x=@D$ cm
$@P@P2=@D$ cm, $@P2@P3=@D$ cm
$@D$ km in $@d$ hours
$@m$ kg
Area $=@D$
Area of circle $=\pi r^2$
Volume $=@d\times @d\times @d=@D$
Distance $=$ speed $\times$ time
Speed $=\frac{@D}{@d}=@m$
Profit $=\$@D$
Total: $@D+@D=@D$
Answer: $@x=@D$
Answer: $@D$
Step @d: $@e=@D$
Given: $@x=@D$, $@x2=@D$
Domain: $@x\geq @d$
Slope: $m=\frac{@d}{@d}$
Check: $@d(@d)@S@d=@D$
LHS $=@E$
RHS $=@E$
True or false: $@E=@E$?
What is $@D\times @D$?
What is the value of $@x$?
How many solutions does $@e=0$ have?
The function $@f(@x)=@e$ has a minimum at $@x=@d$.
The equation $@e=0$ has two real roots.
The line $y=@c x@S@d$ passes through $(@d,@d)$.
The point $(@d,-@d)$ lies on the curve $y=@e$.
The sum $\sum_{@i=1}^{\infty}@a_{@i}$ converges.
The series converges if $|@x|<1$.
The area of the triangle is $@D\text{ cm}^2$.
The vectors $@v$ and $@v2$ are orthogonal.
The matrix $@A$ has eigenvalues $@d$ and $-@d$.
The set $@A$ is closed.
The mean is $\mu=@m$.
The probability is $@m$.
A ball is thrown at $@D\,\mathrm{m/s}$.
Substitute $@x=@d$ into $@e$.
Put $@x=@d$ in (1)
From (1) and (2), $@x=@d$
By induction, $@n\geq 1$.
By definition, $@f(@x)=@E$.
Similarly, $@x2=@E$.
Using $@x=@d$, we get $@E=@D$.
Consider the function $@f(@x)=@E$.
Consider $@x_{@n+1}=@e$.
Assume $@x<@x2$.
Fix $@x\in @A$.
Define $@f(@x)=@E$.
Denote by $@L$ the set of all $@x\in @A$.
with probability $@m$
with $@a=@d$, $@a2=@d$
subject to $@e\leq @D$
minimize $@e$
maximize $@e$
if $@x\neq 0$
otherwise
which gives $@x=@E$
that is, $@E=@E$
such that $@f(@x)=@D$
and hence $@E=0$
i.e. $@x=@d$
In $\triangle @P@P2@P3$, $\angle @P=@D^{\circ}$
Graph $y=@e$.
Sketch the graph of $y=@E$.
Round $@m$ to one decimal place.
Convert $@D^{\circ}$ to radians.
Write $@m$ as a fraction.
Use $\pi=3.14$.
Q.E.D.
no solution
Undefined
`)
