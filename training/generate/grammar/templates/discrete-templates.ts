import { listTemplates } from './fill.ts'

export const discrete = listTemplates(String.raw`
P(A\cup B)=P(A)+P(B)-P(A\cap B)
P(A\mid B)=\frac{P(A\cap B)}{P(B)}
P(A_{@i}\mid B)=\frac{P(B\mid A_{@i})P(A_{@i})}{\sum_{j}P(B\mid A_{j})P(A_{j})}
P(@X=@i)=\binom{n}{@i}p^{@i}(1-p)^{n-@i}
P(@X=@i)=\frac{\lambda^{@i}e^{-\lambda}}{@i!}
P(@X\leq @m)=@m
P(@d<@X<@d)=@m
P(|@X-\mu|\geq k\sigma)\leq\frac{1}{k^2}
\mathbb{P}(@X>@x)=1-F(@x)
\Pr[@X\geq @a]\leq\frac{\mathbb{E}[@X]}{@a}
\mathbb{E}[@X]=\sum_{@i}@x_{@i}p_{@i}
\mathbb{E}[@X]=\int_{-\infty}^{\infty}@xf(@x)\,d@x
\mathbb{E}[@X\mid @X2]
\mathbb{E}[@a@X+@a2@X2]=@a\mathbb{E}[@X]+@a2\mathbb{E}[@X2]
E(@X^2)-[E(@X)]^2
\operatorname{Var}(@X)=E(@X^2)-[E(@X)]^2
\operatorname{Var}(@X+@X2)=\operatorname{Var}(@X)+\operatorname{Var}(@X2)+2\operatorname{Cov}(@X,@X2)
\operatorname{Cov}(@X,@X2)=E[(@X-\mu_{@X})(@X2-\mu_{@X2})]
\rho_{@X,@X2}=\frac{\operatorname{Cov}(@X,@X2)}{\sigma_{@X}\sigma_{@X2}}
\bar{@x}=\frac{1}{n}\sum_{i=1}^{n}@x_{i}
s^2=\frac{1}{n-1}\sum_{i=1}^{n}(@x_{i}-\bar{@x})^2
\sigma=\sqrt{\frac{1}{N}\sum_{i=1}^{N}(x_{i}-\mu)^2}
f(x)=\frac{1}{\sigma\sqrt{2\pi}}e^{-\frac{(x-\mu)^2}{2\sigma^2}}
f(x)=\frac{1}{\sqrt{2\pi\sigma^2}}\exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)
f(x)=\lambda e^{-\lambda x},\ x\geq 0
@X\sim N(\mu,\sigma^2)
@X\sim\mathcal{N}(0,1)
@X\sim B(@D,@m)
@X_{1},\ldots,@X_{n}\sim\mathcal{N}(\mu,\sigma^2)
Z=\frac{\bar{X}-\mu}{\sigma/\sqrt{n}}
t=\frac{\bar{x}-\mu_0}{s/\sqrt{n}}
\chi^2=\sum\frac{(O-E)^2}{E}
\chi^2=\sum_{i=1}^{k}\frac{(O_{i}-E_{i})^2}{E_{i}}
\bar{x}\pm z_{\alpha/2}\frac{\sigma}{\sqrt{n}}
\hat{p}\pm @m\sqrt{\frac{\hat{p}(1-\hat{p})}{n}}
\hat{y}=\hat{\beta}_0+\hat{\beta}_1x
y_{i}=\beta_0+\beta_1x_{i}+\varepsilon_{i}
\hat{\beta}=(X^{T}X)^{-1}X^{T}y
r=\frac{\sum(x_{i}-\bar{x})(y_{i}-\bar{y})}{\sqrt{\sum(x_{i}-\bar{x})^2\sum(y_{i}-\bar{y})^2}}
R^2=1-\frac{SS_{\text{res}}}{SS_{\text{tot}}}
H_0:\mu=@D,\quad H_1:\mu\neq @D
L(\theta)=\prod_{i=1}^{n}f(x_{i};\theta)
\ell(\theta)=\sum_{i=1}^{n}\log f(x_{i}\mid\theta)
\hat{\theta}_{\text{MLE}}=\arg\max_{\theta}L(\theta)
\theta^{*}=\arg\min_{\theta}\mathcal{L}(\theta)
p(\theta\mid x)\propto p(x\mid\theta)p(\theta)
H(@X)=-\sum_{x}p(x)\log p(x)
D_{\text{KL}}(P\|Q)=\sum_{x}P(x)\log\frac{P(x)}{Q(x)}
I(@X;@X2)=H(@X)-H(@X\mid @X2)
\sigma(x)=\frac{1}{1+e^{-x}}
\operatorname{softmax}(z_{i})=\frac{e^{z_{i}}}{\sum_{j}e^{z_{j}}}
\theta_{t+1}=\theta_{t}-\eta\nabla_{\theta}L(\theta_{t})
w\leftarrow w-\eta\frac{\partial L}{\partial w}
\mathcal{L}=-\sum_{i}y_{i}\log\hat{y}_{i}
M_{@X}(t)=E[e^{t@X}]
F_{@X}(@x)=\int_{-\infty}^{@x}f_{@X}(t)\,dt
\sqrt{n}(\bar{X}_{n}-\mu)\rightarrow N(0,\sigma^2)
A\cap(B\cup C)=(A\cap B)\cup(A\cap C)
(A\cup B)^{c}=A^{c}\cap B^{c}
\overline{A\cap B}=\overline{A}\cup\overline{B}
A\setminus B=\{x\in A:x\notin B\}
A\times B=\{(a,b)\mid a\in A,b\in B\}
\mathcal{P}(A)=\{X\mid X\subseteq A\}
|A\cup B|=|A|+|B|-|A\cap B|
|@A|=@D
\bigcup_{@i=1}^{\infty}A_{@i}
\bigcap_{@i\in I}A_{@i}\neq\emptyset
A\subseteq B\Leftrightarrow\overline{B}\subseteq\overline{A}
@A\nsubseteq @A2
\mathbb{N}\subset\mathbb{Z}\subset\mathbb{Q}\subset\mathbb{R}\subset\mathbb{C}
\{@x\in\mathbb{R}\mid @x@r@D\}
\{1,2,3,\ldots,@n\}
\{(x,y)\in\mathbb{R}^2:x^2+y^2\leq 1\}
[@d,@D)\cup(@D,\infty)
@f:@A\to @A2
@f:@R\to @R2,\quad @x\mapsto @e
\forall @x\in @R\ \exists @x2\in @R:@x2>@x
\exists!\,@x\in @A:P(@x)
\neg(\forall @xP(@x))\equiv\exists @x\neg P(@x)
\neg(p\wedge q)\equiv\neg p\vee\neg q
p\rightarrow q\equiv\neg p\vee q
(p\rightarrow q)\wedge(q\rightarrow r)\Rightarrow(p\rightarrow r)
(p\vee q)'\wedge r
\Gamma\vdash\varphi
\mathcal{M}\models\varphi
p\oplus q
\overline{A}B+A\overline{B}=A\oplus B
Y=\overline{A\cdot B}+C
a\sim b\Leftrightarrow b\sim a
[a]=\{x\in A\mid x\sim a\}
G/N\cong H
N\unlhd G
H\leq G
gH=Hg
|G:H|=\frac{|G|}{|H|}
\ker(\varphi)=\{g\in G:\varphi(g)=e\}
\mathbb{Z}/@n\mathbb{Z}
\mathbb{Z}_{@d}\times\mathbb{Z}_{@d}
\operatorname{Gal}(K/\mathbb{Q})
[K:F]=[K:E][E:F]
\mathbb{Q}(\sqrt{@d})
R[x]/(x^2+1)
\operatorname{Hom}(V,W)\cong V^{*}\otimes W
V\oplus W
0\to A\to B\to C\to 0
\pi_1(S^1)\cong\mathbb{Z}
H^{n}(X;\mathbb{Z})
\chi=V-E+F
\partial\overline{@A}=\emptyset
B_{r}(x)=\{y\in X:d(x,y)<r\}
d(x,z)\leq d(x,y)+d(y,z)
G=(V,E)
\sum_{v\in V}\deg(v)=2|E|
\delta_{ij}=\begin{cases}1&i=j\\0&i\neq j\end{cases}
a_{n}=\sum_{k=0}^{n}a_{k}a_{n-k-1}
C_{n}=\frac{1}{n+1}\binom{2n}{n}
n!=n(n-1)(n-2)\cdots 2\cdot 1
\sum_{k=0}^{n}\binom{n}{k}=2^{n}
\sum_{d\mid n}\mu(d)=0
@a=q@a2+r,\quad 0\leq r<@a2
101101_2=@D
@D_{10}=@D_{@d}
`)
