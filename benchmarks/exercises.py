"""Exercises as a course sets them: what wrong answers are made of, and judged on."""

EXERCISES = """
d/dx [x^5]
d/dx [x^-3]
d/dx [1/x^3]
d/dx [4/x^2]
d/dx [sqrt(x)]
d/dx [x^(2/3)]
d/dx [7*x^3]
d/dx [x^4 - 3*x^2 + 5]
d/dx [2*x^3 + 4*x - 9]
d/dx [x^2/6 - 1/x]
d/dx [x^2*y]
d/dx [a*x^2 + b*x + c]
d/dx [e^x]
d/dx [3*e^x + x^2]
d/dx [2^x]
d/dx [x^3 + 5^x]
d/dx [a^x]
d/dx [x^x]
d/dx [(x^2 + 1)^x]
d/dx [e^(-x)]
d/dx [e^(-3*x)]
d/dx [e^(-x^2)]
d/dx [e^(2*x + 1)]
d/dx [2^(x^2)]
d/dx [ln(x)]
d/dx [ln(3*x)]
d/dx [ln(x^2 + 1)]
d/dx [log(x, 2)]
d/dx [ln(1 - x)]
d/dx [x^2*ln(x)]
d/dx [ln(x)/x]
d/dx [sin(x)]
d/dx [cos(x)]
d/dx [3*sin(x) - 2*cos(x)]
d/dx [tan(x)]
d/dx [cot(x)]
d/dx [sec(x)]
d/dx [sin(3*x)]
d/dx [cos(5*x + 2)]
d/dx [sin(x^2)]
d/dx [cos(x^3)]
d/dx [sin(x)^2]
d/dx [cos(x)^3]
d/dx [tan(2*x)]
d/dx [sqrt(x^2 + 4)]
d/dx [sqrt(3*x + 1)]
d/dx [(3*x + 2)^4]
d/dx [(x^2 + x)^3]
d/dx [(x + 4)^2]
d/dx [(2*x - 5)^2]
d/dx [1/(2*x + 3)]
d/dx [5/(x^2 + 1)]
d/dx [x^2*sin(x)]
d/dx [x*cos(x)]
d/dx [x^3*e^x]
d/dx [e^x*sin(x)]
d/dx [x*e^(-2*x)]
d/dx [x^2*sin(x^2)]
d/dx [(x + 1)*(x - 3)]
d/dx [(x^2 + 1)*sqrt(x)]
d/dx [sin(x)*cos(x)]
d/dx [x*sin(x)*e^x]
d/dx [sin(x)/x]
d/dx [x/(x + 1)]
d/dx [x^2/(x - 3)]
d/dx [(2*x + 1)/(x^2 + 3)]
d/dx [e^x/x^2]
d/dx [cos(x)/(1 + sin(x))]
d/dx [sin(cos(x))]
d/dx [ln(sin(x))]
d/dx [sin(ln(x))]
d/dx [e^(sin(2*x))]
d/dx [sqrt(1 + sin(x)^2)]
d/dx [asin(x)]
d/dx [acos(x)]
d/dx [atan(x)]
d/dx [atan(3*x)]
d/dx [x*atan(x)]
d/dx [sinh(x)]
d/dx [cosh(2*x)]
d/dx [tanh(x)]
d/dx [abs(x)]
d/dx [2*abs(x) + x]
d^2/dx^2 [x^4]
d^2/dx^2 [sin(2*x)]
d^2/dx^2 [e^(x^2)]
d^2/dx^2 [x*e^x]
d/dx [x^3] at x = 2
d/dx [x^2*sin(x)] at x = pi
d/dx [(2*x + 1)^3] at x = 1
d/dz [sigmoid(z)]
d/dz [sigmoid(2*z + 1)]
d/dz [tanh(3*z)]
d/dz [softplus(z)]
d/dz [relu(z)]
d/dz [1/(1 + e^(-z))]
d/dz [ln(1 + e^z)]
d/dw [(w*x - y)^2]
d/dw [(3*w - 6)^2]
d/dw [(sigmoid(w*x) - y)^2]
d/dw [(w*x - y)^2/2 + c*w^2]
d/dw [c*w^2]
d/dw [c*abs(w)]
d/dp [-(y*ln(p) + (1 - y)*ln(1 - p))]
d/dw [ln(1 + e^(-w*x))]
d/dx [x^2*y + y^3]
d/dx [x*y]
d/dx [-(x^2 - 3*x)]
d/dx [2*(x^2 + x)]
d/dx [(x*sin(x))^2]
d/dx [(x^2)^3]
d/dx [x^2*x^3]
d/dx [sqrt(x^2 + 9)]
d/dx [1/(x + 2)]
d/dx [ln(x + 3)]
d/dx [sin(x + 1)]
d/dx [(x^2 + x)/x]
d/dx [x/x + x^2]
d/dx [1/x + 2/(x + 1)]
""".strip().split("\n")

INTEGRALS = """
int x^4 dx
int (3*x^2 - 4*x + 7) dx
int 5/x^3 dx
int sqrt(x) dx
int 2^x dx
int (sin(x) + 3*cos(x)) dx
int e^(4*x) dx
int cos(3*x - 1) dx
int (2*x + 5)^6 dx
int 1/(5*x + 2) dx
int 1/(x^2 + 9) dx
int x*cos(x^2) dx
int 3*x^2*e^(x^3) dx
int x*sqrt(x^2 + 4) dx
int x/(x^2 + 7) dx
int sin(x)^3*cos(x) dx
int (x^2 + 1)^3 dx
int x*e^x dx
int x*cos(2*x) dx
int x^2*sin(x) dx
int x^3*ln(x) dx
int e^x*sin(x) dx
int 1/(x^2 - 9) dx
int sin(x)^2 dx
int_1^3 x^3 dx
int_0^2 (x^2 - 4*x) dx
int_0^1 e^(3*x) dx
int_0^2 x*(x^2 + 1)^2 dx
int_0^pi x*sin(x) dx
int_1^e ln(x)/x dx
int_0^3 |x - 1| dx
int_1^oo 1/x^3 dx
""".strip().split("\n")
