import { listTemplates } from './fill.ts'

export const linearAlgebra = listTemplates(String.raw`
@A@v=@g @v
\det(@A-\lambda I)=0
\det(@A@A2)=\det(@A)\det(@A2)
(@A@A2)^{-1}=@A2^{-1}@A^{-1}
(@A@A2)^{T}=@A2^{T}@A^{T}
@A^{T}@A=I
@A=@A2D@A2^{-1}
@A=U\Sigma V^{T}
@A=U\Sigma V^{*}
@A=QR
@A=LU
@A^{-1}=\frac{1}{\det @A}\operatorname{adj}(@A)
\operatorname{tr}(@A@A2)=\operatorname{tr}(@A2@A)
\operatorname{tr}(@A)=\sum_{i=1}^{n}a_{ii}
\operatorname{rank}(@A)+\dim\ker(@A)=n
\dim(V)=\dim\ker T+\dim\operatorname{im}T
\operatorname{span}\{@v_1,@v_2,\ldots,@v_{n}\}
c_1@v_1+c_2@v_2+\cdots+c_{n}@v_{n}=0
@v\cdot @v2=\|@v\|\|@v2\|\cos\theta
@v\cdot @v2=0
@v\times @v2=-@v2\times @v
|@v\times @v2|=|@v||@v2|\sin\theta
@v\cdot(@v2\times @v3)
\|@v+@v2\|\leq\|@v\|+\|@v2\|
\|@v\|=\sqrt{@v\cdot @v}
\|@v\|_2=\sqrt{\sum_{i=1}^{n}x_{i}^2}
|\langle @v,@v2\rangle|\leq\|@v\|\|@v2\|
\langle @v,@v2\rangle=@v^{T}@v2
\operatorname{proj}_{@v}@v2=\frac{@v2\cdot @v}{@v\cdot @v}@v
\hat{@v}=\frac{@v}{\|@v\|}
@v=@d\mathbf{i}@S@d\mathbf{j}@S@d\mathbf{k}
@v=@d\hat{\imath}@S@d\hat{\jmath}
@v=(@d,-@d,@d)
@v=\langle @d,@d,-@d\rangle
@v(t)=\langle\cos t,\sin t,t\rangle
@v=@v_0+t@v2
(AB)_{ij}=\sum_{k=1}^{n}a_{ik}b_{kj}
@A_{ij}=@a_{i}@a2_{j}
\delta_{ij}=\mathbf{e}_{i}\cdot\mathbf{e}_{j}
p(\lambda)=\lambda^2-\operatorname{tr}(@A)\lambda+\det(@A)
@A\in\mathbb{R}^{m\times n}
@A\in M_{@d\times @d}(\mathbb{R})
@A\succeq 0
e^{@A t}=\sum_{k=0}^{\infty}\frac{(@A t)^{k}}{k!}
T(@v+@v2)=T(@v)+T(@v2)
T(c@v)=cT(@v)
x^{T}@A x>0
W^{\perp}=\{@v\in V:\langle @v,w\rangle=0\}
V=W\oplus W^{\perp}
\kappa(@A)=\|@A\|\|@A^{-1}\|
\|@A\|_{F}=\sqrt{\operatorname{tr}(@A^{T}@A)}
\min_{x}\|@Ax-b\|_2^2
\min_{@x\in @R}\frac{1}{2}@x^{T}Q@x+c^{T}@x
\hat{x}=(@A^{T}@A)^{-1}@A^{T}b
\lambda_1\geq\lambda_2\geq\cdots\geq\lambda_{n}
\nabla^2f(x)\succ 0
x_{k+1}=x_{k}-\alpha_{k}\nabla f(x_{k})
\mathbf{W}^{(l)}\mathbf{a}^{(l-1)}+\mathbf{b}^{(l)}
\mathbf{h}_{t}=\tanh(\mathbf{W}\mathbf{x}_{t}+\mathbf{U}\mathbf{h}_{t-1}+\mathbf{b})
\operatorname{Attention}(Q,K,V)=\operatorname{softmax}\left(\frac{QK^{T}}{\sqrt{d_{k}}}\right)V
\mathbf{y}=f(\mathbf{W}\mathbf{x}+\mathbf{b})
\mathcal{L}(x,\lambda)=f(x)-\lambda g(x)
\nabla f=\lambda\nabla g
\lim_{n\to\infty}\|x_{n}-x\|=0
`)
