import { listTemplates } from './fill.ts'

export const analysis = listTemplates(String.raw`
\frac{d}{d@x}\left(@f(@x)@f2(@x)\right)=@f'(@x)@f2(@x)+@f(@x)@f2'(@x)
\left(\frac{@f}{@f2}\right)'=\frac{@f'@f2-@f@f2'}{@f2^2}
\frac{\partial @f}{\partial @x}=\frac{\partial @f}{\partial @x2}\frac{\partial @x2}{\partial @x}
\frac{\partial^2 @f}{\partial @x^2}+\frac{\partial^2 @f}{\partial @x2^2}=0
\frac{\partial^2 @f}{\partial @x\partial @x2}=\frac{\partial^2 @f}{\partial @x2\partial @x}
\frac{\partial @f}{\partial t}=@a\frac{\partial^2 @f}{\partial x^2}
\frac{\partial^2 @f}{\partial t^2}=@a^2\nabla^2 @f
\nabla @f=\left(\frac{\partial @f}{\partial x},\frac{\partial @f}{\partial y},\frac{\partial @f}{\partial z}\right)
\int_{@a}^{@a2} @f(@x)\,d@x=@f2(@a2)-@f2(@a)
\int @f(@x)@f2'(@x)\,d@x=@f(@x)@f2(@x)-\int @f'(@x)@f2(@x)\,d@x
\int_0^{\infty} @x^{@n-1}e^{-@x}\,d@x=\Gamma(@n)
\int_{-\infty}^{\infty} e^{-@a @x^2}\,d@x=\sqrt{\frac{\pi}{@a}}
\int\frac{d@x}{@x^2+@a^2}=\frac{1}{@a}\arctan\frac{@x}{@a}+C
\int\frac{@e}{@e}\,d@x
\int_{@D}^{@D}\frac{@c@x}{\sqrt{@x^2+@d}}\,d@x
\int_0^{@d}\int_0^{@x} @f(@x,@x2)\,d@x2\,d@x
\iint_{D} @f(x,y)\,dA=\int_{@a}^{@a2}\int_{@a3}^{@a4} @f(x,y)\,dy\,dx
\int_0^{2\pi}\int_0^{@A} @f(r,\theta)r\,dr\,d\theta
\oint_{C} @v\cdot d@v2=\iint_{S}(\nabla\times @v)\cdot d@v3
\iiint_{V}\nabla\cdot @v\,dV=\iint_{S} @v\cdot @v2\,dS
\oint_{\gamma}\frac{@f(z)}{z-@a}\,dz=2\pi i@f(@a)
@f(@a)=\frac{1}{2\pi i}\oint_{\gamma}\frac{@f(z)}{z-@a}\,dz
\int_{@a}^{@a2}\sqrt{1+\left(\frac{dy}{dx}\right)^2}\,dx
V=\pi\int_{@a}^{@a2}[@f(x)]^2\,dx
\lim_{@x\to @a}\frac{@f(@x)-@f(@a)}{@x-@a}=@f'(@a)
\lim_{h\to 0}\frac{@f(@x+h)-@f(@x)}{h}
\lim_{@n\to\infty}\left(1+\frac{@x}{@n}\right)^{@n}=e^{@x}
\lim_{@n\to\infty}\sqrt[@n]{@a}=1
\lim_{@n\to\infty}\left|\frac{a_{@n+1}}{a_{@n}}\right|=L
\lim_{@x\to 0}\frac{1-\cos @x}{@x^2}=\frac{1}{2}
\lim_{@x\to\infty}\frac{@e}{@e}
\lim_{(x,y)\to(0,0)}\frac{@cxy}{x^2+y^2}
\limsup_{@n\to\infty} @a_{@n}=\inf_{@n\geq 1}\sup_{k\geq @n} @a_{k}
\sum_{@i=0}^{\infty}\frac{@f^{(@i)}(@a)}{@i!}(@x-@a)^{@i}
e^{@x}=\sum_{@i=0}^{\infty}\frac{@x^{@i}}{@i!}
\sin @x=\sum_{@i=0}^{\infty}\frac{(-1)^{@i}@x^{2@i+1}}{(2@i+1)!}
\frac{1}{1-@x}=\sum_{@i=0}^{\infty} @x^{@i},\quad |@x|<1
\ln(1+@x)=@x-\frac{@x^2}{2}+\frac{@x^3}{3}-\cdots
(@x+@x2)^{@n}=\sum_{@i=0}^{@n}\binom{@n}{@i}@x^{@n-@i}@x2^{@i}
\sum_{@i=1}^{@n} @i^2=\frac{@n(@n+1)(2@n+1)}{6}
\sum_{@i=1}^{@n} @i^3=\left(\frac{@n(@n+1)}{2}\right)^2
\sum_{@i=0}^{@n-1} @a r^{@i}=@a\frac{1-r^{@n}}{1-r}
\sum_{@i=1}^{\infty}\frac{1}{@i^{@x}}=\prod_{p}\frac{1}{1-p^{-@x}}
\sum_{@i=1}^{@n}\sum_{@i2=1}^{@n2} @a_{@i@i2}
\left|\sum_{@i=1}^{@n} @a_{@i}@a2_{@i}\right|\leq\left(\sum_{@i=1}^{@n}|@a_{@i}|^2\right)^{\frac{1}{2}}\left(\sum_{@i=1}^{@n}|@a2_{@i}|^2\right)^{\frac{1}{2}}
\prod_{@i=1}^{@n}\left(1+\frac{1}{@i}\right)=@n+1
@f(@x)=\frac{a_0}{2}+\sum_{@i=1}^{\infty}\left(a_{@i}\cos @i@x+b_{@i}\sin @i@x\right)
a_{@n}=\frac{1}{\pi}\int_{-\pi}^{\pi} @f(@x)\cos(@n@x)\,d@x
\hat{@f}(\xi)=\int_{-\infty}^{\infty} @f(x)e^{-2\pi ix\xi}\,dx
\mathcal{L}\{@f(t)\}=\int_0^{\infty} e^{-st}@f(t)\,dt
(@f*@f2)(t)=\int_{-\infty}^{\infty} @f(\tau)@f2(t-\tau)\,d\tau
y''+@cy'+@cy=0
y''+p(x)y'+q(x)y=@f(x)
\frac{dy}{dx}+P(x)y=Q(x)
\frac{d^2y}{dx^2}+\omega^2y=0
\frac{d^{2}@x}{dt^{2}}=-\frac{@a}{m}@x
y(x)=C_1e^{@dx}+C_2e^{-@dx}
y=e^{@g x}(C_1\cos @g2 x+C_2\sin @g2 x)
\frac{dN}{dt}=rN\left(1-\frac{N}{K}\right)
\dot{@x}=@f(@x,t),\quad @x(0)=@x_0
\ddot{@g}+\frac{g}{l}\sin @g=0
\frac{d}{dt}\left(\frac{\partial L}{\partial\dot{q}_{i}}\right)-\frac{\partial L}{\partial q_{i}}=0
@x_{n+1}=@x_n-\frac{@f(@x_n)}{@f'(@x_n)}
@f(@x)\approx @f(@a)+@f'(@a)(@x-@a)
|@f(@x)-@f(@a)|<\varepsilon
\forall\varepsilon>0\ \exists\delta>0:\ |@x-@a|<\delta\Rightarrow|@f(@x)-@f(@a)|<\varepsilon
\sup_{@x\in @A}|@f_{n}(@x)-@f(@x)|\to 0
\|@f\|_{p}=\left(\int_{@G}|@f|^{p}\,d\mu\right)^{1/p}
\|@f+@f2\|_{p}\leq\|@f\|_{p}+\|@f2\|_{p}
\langle @f,@f2\rangle=\int_{@a}^{@a2}@f(x)\overline{@f2(x)}\,dx
@f(@g x+(1-@g)y)\leq @g @f(x)+(1-@g)@f(y)
\int_{@G}@f\,d\mu=\sup\left\{\int_{@G}s\,d\mu:0\leq s\leq @f\right\}
\int_{\partial @G}\omega=\int_{@G}d\omega
@f'(@x)=@E
@f''(@x)=@e
@f(@x)=@E
\frac{d@f}{d@x}=@E
\int @E\,d@x=@E+C
\left[@E\right]_{@D}^{@D}
\int_{@D}^{@D}(@e)\,d@x=\left[\frac{@x^{@d}}{@d}@S@c@x\right]_{@D}^{@D}
\Delta u=\frac{\partial^2u}{\partial x^2}+\frac{\partial^2u}{\partial y^2}
u_t=@au_{xx}
u_{tt}-c^2u_{xx}=0
\operatorname{Res}(@f,@a)=\lim_{z\to @a}(z-@a)@f(z)
e^{i@g}=\cos @g+i\sin @g
z=r(\cos @g+i\sin @g)
\overline{z_1+z_2}=\overline{z_1}+\overline{z_2}
|z|=\sqrt{a^2+b^2}
\kappa=\frac{|x'y''-y'x''|}{(x'^2+y'^2)^{3/2}}
\frac{d}{d@x}\int_{@a}^{@x}@f(t)\,dt=@f(@x)
\int_0^{\pi/2}\sin^{@n}@x\,d@x
B(x,y)=\int_0^1t^{x-1}(1-t)^{y-1}\,dt
\Gamma(@x+1)=@x\Gamma(@x)
\zeta(s)=\sum_{n=1}^{\infty}\frac{1}{n^{s}}
\arctan @x=\int_0^{@x}\frac{dt}{1+t^2}
D_{@v}@f=\nabla @f\cdot @v
J=\frac{\partial(x,y)}{\partial(u,v)}
@f\in C^{\infty}(@R)
@f\in L^2(@G)
n!\sim\sqrt{2\pi n}\left(\frac{n}{e}\right)^{n}
a_n=O(n^{@d})
@f(n)=\Theta(n\log n)
T(n)=2T\left(\frac{n}{2}\right)+O(n)
T(n)=@dT(\lfloor n/@d\rfloor)+\Theta(n^{@d})
F_{n}=F_{n-1}+F_{n-2}
a_{@n+1}=@c a_{@n}@S@d
a_{@n}=a_1+(@n-1)d
S_{@n}=\frac{@n}{2}(a_1+a_{@n})
S_{\infty}=\frac{a}{1-r}
`)
