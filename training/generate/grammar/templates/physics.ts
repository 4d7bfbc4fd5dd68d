import { listTemplates } from './fill.ts'

export const science = listTemplates(String.raw`
F=ma
@v=m\vec{a}
\vec{F}_{\text{net}}=m\vec{a}
\sum\vec{F}=0
F=G\frac{m_1m_2}{r^2}
F=\frac{1}{4\pi\varepsilon_0}\frac{q_1q_2}{r^2}
F=-kx
F_{f}=\mu N
W=Fd\cos\theta
W=\int_{x_1}^{x_2}F(x)\,dx
E_{@s}=\frac{1}{2}mv^2
K=\frac{1}{2}mv^2
U=mgh
E=mc^2
E^2=(pc)^2+(mc^2)^2
p=mv
m_1v_1+m_2v_2=m_1v_1'+m_2v_2'
s=ut+\frac{1}{2}at^2
v^2=u^2+2as
v=v_0+at
x(t)=x_0+v_0t+\frac{1}{2}at^2
v_{@s}=@m\,\mathrm{m/s}
v_{\text{avg}}=\frac{\Delta x}{\Delta t}
a=\frac{v_f-v_i}{t}
a_{c}=\frac{v^2}{r}
\omega=\frac{2\pi}{T}
x(t)=A\cos(\omega t+\varphi)
T=2\pi\sqrt{\frac{m}{k}}
T=2\pi\sqrt{\frac{L}{g}}
\tau=rF\sin\theta
@v=@v2\times @v3
L=I\omega
I=\sum m_{i}r_{i}^2
PV=nRT
P_1V_1=P_2V_2
\frac{P_1V_1}{T_1}=\frac{P_2V_2}{T_2}
Q=mc\Delta T
\Delta U=Q-W
dS=\frac{\delta Q}{T}
\Delta G=\Delta H-T\Delta S
\eta=1-\frac{T_{C}}{T_{H}}
S=k_{B}\ln W
Z=\sum_{i}e^{-\beta E_{i}}
V=IR
P=I^2R=\frac{V^2}{R}
\frac{1}{R_{@s}}=\frac{1}{R_1}+\frac{1}{R_2}
R_{eq}=R_1+R_2+R_3
C=\frac{Q}{V}
C=\varepsilon_0\frac{A}{d}
B=\frac{\mu_0I}{2\pi r}
\mathcal{E}=-\frac{d\Phi_{B}}{dt}
\nabla\cdot\mathbf{E}=\frac{\rho}{\varepsilon_0}
\nabla\cdot\mathbf{B}=0
\nabla\times\mathbf{E}=-\frac{\partial\mathbf{B}}{\partial t}
\nabla\times\mathbf{B}=\mu_0\mathbf{J}+\mu_0\varepsilon_0\frac{\partial\mathbf{E}}{\partial t}
\oint\vec{E}\cdot d\vec{A}=\frac{Q_{\text{enc}}}{\varepsilon_0}
\oint\vec{B}\cdot d\vec{l}=\mu_0I
\vec{F}=q(\vec{E}+\vec{v}\times\vec{B})
c=\lambda f
c=\frac{1}{\sqrt{\mu_0\varepsilon_0}}
n_1\sin\theta_1=n_2\sin\theta_2
\frac{1}{f}=\frac{1}{d_{o}}+\frac{1}{d_{i}}
d\sin\theta=m\lambda
E=h\nu=\frac{hc}{\lambda}
\lambda=\frac{h}{mv}
hf=\phi+K_{\max}
\Delta x\Delta p\geq\frac{\hbar}{2}
i\hbar\frac{\partial}{\partial t}\Psi(x,t)=\hat{H}\Psi(x,t)
-\frac{\hbar^2}{2m}\frac{d^2\psi}{dx^2}+V(x)\psi=E\psi
\hat{H}=-\frac{\hbar^2}{2m}\nabla^2+V(\mathbf{r})
E_{n}=-\frac{13.6}{n^2}\,\text{eV}
E_{n}=\hbar\omega\left(n+\frac{1}{2}\right)
\langle\psi|\hat{@A}|\psi\rangle
|\psi\rangle=\alpha|0\rangle+\beta|1\rangle
[\hat{x},\hat{p}]=i\hbar
\{q_{i},p_{j}\}=\delta_{ij}
\hat{a}^{\dagger}|n\rangle=\sqrt{n+1}|n+1\rangle
\rho=\sum_{i}p_{i}|\psi_{i}\rangle\langle\psi_{i}|
\gamma=\frac{1}{\sqrt{1-\frac{v^2}{c^2}}}
\Delta t'=\gamma\Delta t
ds^2=-c^2dt^2+dx^2+dy^2+dz^2
ds^2=g_{\mu\nu}dx^{\mu}dx^{\nu}
R_{\mu\nu}-\frac{1}{2}Rg_{\mu\nu}+\Lambda g_{\mu\nu}=\frac{8\pi G}{c^4}T_{\mu\nu}
\Gamma^{\lambda}_{\mu\nu}=\frac{1}{2}g^{\lambda\sigma}(\partial_{\mu}g_{\nu\sigma}+\partial_{\nu}g_{\mu\sigma}-\partial_{\sigma}g_{\mu\nu})
\partial_{\mu}F^{\mu\nu}=\mu_0J^{\nu}
F_{\mu\nu}=\partial_{\mu}A_{\nu}-\partial_{\nu}A_{\mu}
\mathcal{L}=\bar{\psi}(i\gamma^{\mu}\partial_{\mu}-m)\psi
S=\int L(q,\dot{q},t)\,dt
H=\sum_{i}p_{i}\dot{q}_{i}-L
\dot{q}_{i}=\frac{\partial H}{\partial p_{i}},\quad\dot{p}_{i}=-\frac{\partial H}{\partial q_{i}}
\frac{\partial\rho}{\partial t}+\nabla\cdot(\rho\mathbf{v})=0
\rho\left(\frac{\partial\mathbf{u}}{\partial t}+\mathbf{u}\cdot\nabla\mathbf{u}\right)=-\nabla p+\mu\nabla^2\mathbf{u}
Re=\frac{\rho vL}{\mu}
P+\frac{1}{2}\rho v^2+\rho gh=\text{const}
A_1v_1=A_2v_2
\frac{dQ}{dt}=-kA\frac{dT}{dx}
N(t)=N_0e^{-\lambda t}
t_{1/2}=\frac{\ln 2}{\lambda}
\mathrm{pH}=-\log[\mathrm{H}^{+}]
K_{a}=\frac{[\mathrm{H}^{+}][\mathrm{A}^{-}]}{[\mathrm{HA}]}
k=Ae^{-\frac{E_{a}}{RT}}
\rho=\frac{m}{V}
p=\frac{F}{A}
@m\,\mathrm{kg}\cdot\mathrm{m/s}^2
@m\,\mathrm{km/h}=@m\,\mathrm{m/s}
@D^{\circ}\mathrm{C}
g=9.8\,\mathrm{m/s}^2
m_{@s}=@m\,\mathrm{kg}
@x_{@s}=@x_{@s}+@m\,\mathrm{cm}
T_{@s}-T_{@s}=@m\,\mathrm{K}
@g_{@s}=@m
c=3.00\times 10^8\,\mathrm{m/s}
N_{A}=6.022\times 10^{23}\,\mathrm{mol}^{-1}
k_{B}T\ll\hbar\omega
\Delta E=E_{f}-E_{i}
\frac{\Delta @x}{\Delta t}=@m
P_{@s}=\frac{W_{@s}}{t}
\eta=\frac{P_{\text{out}}}{P_{\text{in}}}\times 100\%
MR=MC
\varepsilon=\frac{\%\Delta Q}{\%\Delta P}
Y=C+I+G+(X-M)
U(x_1,x_2)=x_1^{\alpha}x_2^{1-\alpha}
\max_{x}u(x)\text{ s.t. }p\cdot x\leq m
Y=AK^{\alpha}L^{1-\alpha}
PV=\sum_{t=1}^{T}\frac{C_{t}}{(1+r)^{t}}
C=S_0N(d_1)-Ke^{-rT}N(d_2)
dS_{t}=\mu S_{t}\,dt+\sigma S_{t}\,dW_{t}
H(s)=\frac{\omega_n^2}{s^2+2\zeta\omega_ns+\omega_n^2}
G(s)=\frac{K}{s(s@S@d)}
X(z)=\sum_{n=-\infty}^{\infty}x[n]z^{-n}
X_{k}=\sum_{n=0}^{N-1}x_{n}e^{-\frac{2\pi i}{N}kn}
\dot{x}=Ax+Bu
y=Cx+Du
f_{s}\geq 2f_{\max}
I_{C}=\beta I_{B}
Z=\sqrt{R^2+(X_{L}-X_{C})^2}
V_{\text{out}}=V_{\text{in}}\frac{R_2}{R_1+R_2}
`)
