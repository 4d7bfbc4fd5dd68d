import { listTemplates } from './fill.ts'

export const schoolAlgebra = listTemplates(String.raw`
@x=\frac{-@a2\pm\sqrt{@a2^2-4@a@a3}}{2@a}
@c@x^2@S@c@x@S@D=0
@x^2-@d@x+@d=0
(@x@S@d)(@x@S@d)=0
(@x@S@d)^2=@D
@x_1=@d,\quad @x_2=-@d
@x_{1,2}=\frac{@D\pm\sqrt{@D}}{@d}
\frac{@e}{@e}=\frac{@e}{@e}
\frac{@d}{@x@S@d}+\frac{@d}{@x@S@d}=@d
\frac{@x}{@d}@S\frac{@x2}{@d}=@d
\frac{@x^2-@D}{@x@S@d}\cdot\frac{@d}{@x@S@d}
\frac{@x^2@S@d@x@S@d}{@x@S@d}
@d@x@S@d=@d@x@S@d
@d(@x@S@d)=@d(@d@x@S@d)
@d@x@S@d\leq @D
-@d<@d@x@S@d\leq @D
|@d@x@S@d|<@d
|@x-@d|+|@x+@d|=@D
@x\in(-\infty,@d)\cup(@d,\infty)
@x^{@d}\cdot @x^{@d}=@x^{@D}
\frac{@x^{@d}}{@x^{@d}}=@x^{@d}
(@x^{@a})^{@a2}=@x^{@a@a2}
@x^{-@n}=\frac{1}{@x^{@n}}
\sqrt[@n]{@x^{@n2}}=@x^{\frac{@n2}{@n}}
\sqrt{@D}=@d\sqrt{@d}
\sqrt{@x@S@d}=@x@S@d
\sqrt{@e}+\sqrt{@e}=@d
\frac{1}{\sqrt{@x}+\sqrt{@x2}}=\frac{\sqrt{@x}-\sqrt{@x2}}{@x-@x2}
\frac{@d+\sqrt{@d}}{@d-\sqrt{@d}}
\frac{\frac{1}{@x}+\frac{1}{@x2}}{\frac{1}{@x}-\frac{1}{@x2}}
\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{@x}}}
\log_{@a}(@x@x2)=\log_{@a}@x+\log_{@a}@x2
\log_{@a}@x=\frac{\ln @x}{\ln @a}
\log_{@d}(@x@S@d)=@d
\ln\left(\frac{@x}{@x2}\right)=\ln @x-\ln @x2
e^{@c@x}@S@de^{@x}@S@d=0
@d^{@x@S@d}=@D
@f(@x)=@a(@x-h)^2+k
@f(@x)=@c@x^3@S@c@x^2@S@c@x@S@d
@f(@x)=\frac{@d@x@S@d}{@x@S@d}
@f^{-1}(@x)=\frac{@x@S@d}{@d}
(@f\circ @f2)(@x)=@f(@f2(@x))
@f(@x+@h)-@f(@x)
y=@c x@S@d
y-@d=@d(x@S@d)
m=\frac{y_2-y_1}{x_2-x_1}
d=\sqrt{(x_2-x_1)^2+(y_2-y_1)^2}
\left(\frac{x_1+x_2}{2},\frac{y_1+y_2}{2}\right)
(x@S@d)^2+(y@S@d)^2=@D
\frac{x^2}{@a^2}-\frac{y^2}{@a2^2}=1
\frac{x^2}{@D}+\frac{y^2}{@D}=1
y^2=4@ax
@ax+@a2y+@a3z=@a4
\frac{x-@d}{@d}=\frac{y@S@d}{@d}=\frac{z@S@d}{@d}
a^3+b^3=(a+b)(a^2-ab+b^2)
a^3-b^3=(a-b)(a^2+ab+b^2)
(a-b)^2=a^2-2ab+b^2
(a+b+c)^2=a^2+b^2+c^2+2ab+2bc+2ca
@x^{@n}-@x2^{@n}=(@x-@x2)(@x^{@n-1}+\cdots+@x2^{@n-1})
\sin(@g\pm @g2)=\sin @g\cos @g2\pm\cos @g\sin @g2
\cos(@g+@g2)=\cos @g\cos @g2-\sin @g\sin @g2
\sin 2@g=2\sin @g\cos @g
\cos 2@g=\cos^2@g-\sin^2@g
\tan(@g+@g2)=\frac{\tan @g+\tan @g2}{1-\tan @g\tan @g2}
\sin^2@g+\cos^2@g=1
1+\tan^2@g=\sec^2@g
\sin\frac{@g}{2}=\pm\sqrt{\frac{1-\cos @g}{2}}
\sin @g+\sin @g2=2\sin\frac{@g+@g2}{2}\cos\frac{@g-@g2}{2}
\sin @x=\frac{\sqrt{@d}}{@d}
\cos^{-1}\left(\frac{@d}{@D}\right)
\sin(@d@x-\frac{\pi}{@d})=\frac{1}{2}
@x=\frac{\pi}{@d}+2k\pi,\ k\in\mathbb{Z}
\frac{\sin A}{a}=\frac{\sin B}{b}=\frac{\sin C}{c}
a^2=b^2+c^2-2bc\cos A
\text{Area}=\frac{1}{2}ab\sin C
A=\sqrt{s(s-a)(s-b)(s-c)}
\angle @P@P2@P3=@D^{\circ}
\angle @P+\angle @P2+\angle @P3=180^{\circ}
\triangle @P@P2@P3\sim\triangle @P4@P5@P6
\frac{@P@P2}{@P3@P4}=\frac{@P5@P6}{@P7@P8}
\overline{@P@P2}\perp\overline{@P3@P4}
\overleftrightarrow{@P@P2}\parallel\overleftrightarrow{@P3@P4}
\overrightarrow{@P@P2}=\overrightarrow{@P@P3}+\overrightarrow{@P3@P2}
|\overrightarrow{@P@P2}|=\sqrt{@D}
@P(@d,@d),\ @P2(-@d,@d)
V=\frac{4}{3}\pi r^3
A=2\pi r^2+2\pi rh
C=2\pi r\approx @m
A=P\left(1+\frac{r}{n}\right)^{nt}
A=Pe^{rt}
FV=PV(1+i)^{n}
I=Prt
@x=\frac{@D}{@d}=@m
@m\times 10^{@d}
@m\times 10^{-@d}
@D\%\text{ of }@D=@m
\frac{@D}{100}\times @D=@m
\$@m+\$@m=\$@m
@m\div @m=@m
@D-@D=@D
@D+@D+@D=@D
@d\frac{@d}{@d}+@d\frac{@d}{@d}=
\frac{@d}{@d}+\frac{@d}{@d}=\frac{@D}{@D}
\frac{@d}{@d}\times\frac{@d}{@d}
\frac{@d}{@d}\div\frac{@d}{@d}=\frac{@d}{@d}\cdot\frac{@d}{@d}
@d:@d=@d:@d
@d:@d=@x:@D
0.\overline{@D}=\frac{@D}{99}
0.\dot{@d}=\frac{@d}{9}
0.@D\overline{@d}
\frac{1}{3}=0.333\ldots
@D=2^{@d}\cdot 3^{@d}\cdot @d
\gcd(@D,@D)=@d
@D\equiv @d\pmod{@d}
@a\equiv @a2\pmod{@n}
@a^{p-1}\equiv 1\pmod{p}
@a^{\varphi(n)}\equiv 1\pmod{n}
@x^2\equiv @a\pmod{p}
@a\mid @a2\text{ and }@a2\mid @a3
@n\nmid @a
\left(\frac{@a}{p}\right)=(-1)^{\frac{p-1}{2}}
\varphi(n)=n\prod_{p\mid n}\left(1-\frac{1}{p}\right)
\pi(x)\sim\frac{x}{\ln x}
\binom{@n}{@i}=\frac{@n!}{@i!(@n-@i)!}
\binom{@n}{@i}=\binom{@n-1}{@i-1}+\binom{@n-1}{@i}
\binom{@D}{@d}=@D
{}_{@D}C_{@d}=@D
{}^{n}P_{r}=\frac{n!}{(n-r)!}
@d!=@D
\lfloor @x\rfloor\leq @x<\lfloor @x\rfloor+1
\left\lceil\frac{@n}{2}\right\rceil
\left\lfloor\frac{@D}{@d}\right\rfloor=@d
@x\propto\frac{1}{@x2}
@x=@d\pm\sqrt{@d}
@x=@d,\ @x2=@d
@x\neq @d
@x\approx @m
@x>@d\text{ or }@x<-@d
@x+@x2=@D,\quad @x-@x2=@d
\max\{@x,@x2\}=\frac{@x+@x2+|@x-@x2|}{2}
\sqrt{@x@x2}\leq\frac{@x+@x2}{2}
i=\sqrt{-1}
(@d@S@di)(@d@S@di)
\frac{@d@S@di}{@d@S@di}
z=@d@S@di
p(x)=(x-@d)q(x)+r
P(@d)=@D
\frac{A}{@x@S@d}+\frac{B}{@x@S@d}
\frac{@e}{(@x@S@d)(@x@S@d)}=\frac{A}{@x@S@d}+\frac{B}{@x@S@d}
\cancel{@d}@x=\cancel{@d}\cdot @d
\frac{\cancel{(@x@S@d)}(@x@S@d)}{\cancel{@x@S@d}}
\boxed{@x=@D}
y=@a\sin(@a2x+@a3)+@a4
`)
