// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/texsymbols.h"

#include <QHash>

#include <algorithm>
#include <iterator>

namespace Maestro::Markdown {

namespace {

using Kind = TexSymbol::Kind;

struct SymbolRow
{
    QStringView name;
    Kind kind;
    QStringView text;
};

constexpr SymbolRow Symbols[] = {
    // clang-format off
    {u"alpha", Kind::Letter, u"\u03B1"}, // α
    {u"beta", Kind::Letter, u"\u03B2"}, // β
    {u"gamma", Kind::Letter, u"\u03B3"}, // γ
    {u"delta", Kind::Letter, u"\u03B4"}, // δ
    {u"epsilon", Kind::Letter, u"\u03F5"}, // ϵ
    {u"varepsilon", Kind::Letter, u"\u03B5"}, // ε
    {u"zeta", Kind::Letter, u"\u03B6"}, // ζ
    {u"eta", Kind::Letter, u"\u03B7"}, // η
    {u"theta", Kind::Letter, u"\u03B8"}, // θ
    {u"vartheta", Kind::Letter, u"\u03D1"}, // ϑ
    {u"iota", Kind::Letter, u"\u03B9"}, // ι
    {u"kappa", Kind::Letter, u"\u03BA"}, // κ
    {u"lambda", Kind::Letter, u"\u03BB"}, // λ
    {u"mu", Kind::Letter, u"\u03BC"}, // μ
    {u"nu", Kind::Letter, u"\u03BD"}, // ν
    {u"xi", Kind::Letter, u"\u03BE"}, // ξ
    {u"omicron", Kind::Letter, u"\u03BF"}, // ο
    {u"pi", Kind::Letter, u"\u03C0"}, // π
    {u"varpi", Kind::Letter, u"\u03D6"}, // ϖ
    {u"rho", Kind::Letter, u"\u03C1"}, // ρ
    {u"varrho", Kind::Letter, u"\u03F1"}, // ϱ
    {u"sigma", Kind::Letter, u"\u03C3"}, // σ
    {u"varsigma", Kind::Letter, u"\u03C2"}, // ς
    {u"tau", Kind::Letter, u"\u03C4"}, // τ
    {u"upsilon", Kind::Letter, u"\u03C5"}, // υ
    {u"phi", Kind::Letter, u"\u03D5"}, // ϕ
    {u"varphi", Kind::Letter, u"\u03C6"}, // φ
    {u"chi", Kind::Letter, u"\u03C7"}, // χ
    {u"psi", Kind::Letter, u"\u03C8"}, // ψ
    {u"omega", Kind::Letter, u"\u03C9"}, // ω
    {u"Gamma", Kind::Letter, u"\u0393"}, // Γ
    {u"Delta", Kind::Letter, u"\u0394"}, // Δ
    {u"Theta", Kind::Letter, u"\u0398"}, // Θ
    {u"Lambda", Kind::Letter, u"\u039B"}, // Λ
    {u"Xi", Kind::Letter, u"\u039E"}, // Ξ
    {u"Pi", Kind::Letter, u"\u03A0"}, // Π
    {u"Sigma", Kind::Letter, u"\u03A3"}, // Σ
    {u"Upsilon", Kind::Letter, u"\u03A5"}, // Υ
    {u"Phi", Kind::Letter, u"\u03A6"}, // Φ
    {u"Psi", Kind::Letter, u"\u03A8"}, // Ψ
    {u"Omega", Kind::Letter, u"\u03A9"}, // Ω
    {u"hbar", Kind::Letter, u"\u210F"}, // ℏ
    {u"ell", Kind::Letter, u"\u2113"}, // ℓ
    {u"Re", Kind::Letter, u"\u211C"}, // ℜ
    {u"Im", Kind::Letter, u"\u2111"}, // ℑ
    {u"wp", Kind::Letter, u"\u2118"}, // ℘
    {u"aleph", Kind::Letter, u"\u2135"}, // ℵ
    {u"beth", Kind::Letter, u"\u2136"}, // ℶ
    {u"partial", Kind::Letter, u"\u2202"}, // ∂
    {u"nabla", Kind::Letter, u"\u2207"}, // ∇
    {u"imath", Kind::Letter, u"\u0131"}, // ı
    {u"jmath", Kind::Letter, u"\u0237"}, // ȷ
    {u"AA", Kind::Letter, u"\u00C5"}, // Å
    {u"ss", Kind::Letter, u"\u00DF"}, // ß
    {u"ae", Kind::Letter, u"\u00E6"}, // æ
    {u"AE", Kind::Letter, u"\u00C6"}, // Æ
    {u"o", Kind::Letter, u"\u00F8"}, // ø
    {u"O", Kind::Letter, u"\u00D8"}, // Ø
    {u"infty", Kind::Plain, u"\u221E"}, // ∞
    {u"forall", Kind::Plain, u"\u2200"}, // ∀
    {u"exists", Kind::Plain, u"\u2203"}, // ∃
    {u"nexists", Kind::Plain, u"\u2204"}, // ∄
    {u"neg", Kind::Plain, u"\u00AC"}, // ¬
    {u"lnot", Kind::Plain, u"\u00AC"}, // ¬
    {u"emptyset", Kind::Plain, u"\u2205"}, // ∅
    {u"varnothing", Kind::Plain, u"\u2205"}, // ∅
    {u"angle", Kind::Plain, u"\u2220"}, // ∠
    {u"measuredangle", Kind::Plain, u"\u2221"}, // ∡
    {u"triangle", Kind::Plain, u"\u25B3"}, // △
    {u"square", Kind::Plain, u"\u25A1"}, // □
    {u"blacksquare", Kind::Plain, u"\u25A0"}, // ■
    {u"Box", Kind::Plain, u"\u25A1"}, // □
    {u"Diamond", Kind::Plain, u"\u25C7"}, // ◇
    {u"bigstar", Kind::Plain, u"\u2605"}, // ★
    {u"star", Kind::Plain, u"\u22C6"}, // ⋆
    {u"top", Kind::Plain, u"\u22A4"}, // ⊤
    {u"bot", Kind::Plain, u"\u22A5"}, // ⊥
    {u"prime", Kind::Plain, u"\u2032"}, // ′
    {u"degree", Kind::Plain, u"\u00B0"}, // °
    {u"checkmark", Kind::Plain, u"\u2713"}, // ✓
    {u"dagger", Kind::Plain, u"\u2020"}, // †
    {u"ddagger", Kind::Plain, u"\u2021"}, // ‡
    {u"S", Kind::Plain, u"\u00A7"}, // §
    {u"P", Kind::Plain, u"\u00B6"}, // ¶
    {u"copyright", Kind::Plain, u"\u00A9"}, // ©
    {u"pounds", Kind::Plain, u"\u00A3"}, // £
    {u"euro", Kind::Plain, u"\u20AC"}, // €
    {u"yen", Kind::Plain, u"\u00A5"}, // ¥
    {u"surd", Kind::Plain, u"\u221A"}, // √
    {u"flat", Kind::Plain, u"\u266D"}, // ♭
    {u"natural", Kind::Plain, u"\u266E"}, // ♮
    {u"sharp", Kind::Plain, u"\u266F"}, // ♯
    {u"clubsuit", Kind::Plain, u"\u2663"}, // ♣
    {u"diamondsuit", Kind::Plain, u"\u2662"}, // ♢
    {u"heartsuit", Kind::Plain, u"\u2661"}, // ♡
    {u"spadesuit", Kind::Plain, u"\u2660"}, // ♠
    {u"ldots", Kind::Plain, u"\u2026"}, // …
    {u"dots", Kind::Plain, u"\u2026"}, // …
    {u"dotsc", Kind::Plain, u"\u2026"}, // …
    {u"dotso", Kind::Plain, u"\u2026"}, // …
    {u"cdots", Kind::Plain, u"\u22EF"}, // ⋯
    {u"dotsb", Kind::Plain, u"\u22EF"}, // ⋯
    {u"dotsm", Kind::Plain, u"\u22EF"}, // ⋯
    {u"vdots", Kind::Plain, u"\u22EE"}, // ⋮
    {u"ddots", Kind::Plain, u"\u22F1"}, // ⋱
    {u"sum", Kind::Plain, u"\u2211"}, // ∑
    {u"prod", Kind::Plain, u"\u220F"}, // ∏
    {u"coprod", Kind::Plain, u"\u2210"}, // ∐
    {u"int", Kind::Plain, u"\u222B"}, // ∫
    {u"iint", Kind::Plain, u"\u222C"}, // ∬
    {u"iiint", Kind::Plain, u"\u222D"}, // ∭
    {u"oint", Kind::Plain, u"\u222E"}, // ∮
    {u"oiint", Kind::Plain, u"\u222F"}, // ∯
    {u"bigcup", Kind::Plain, u"\u22C3"}, // ⋃
    {u"bigcap", Kind::Plain, u"\u22C2"}, // ⋂
    {u"bigoplus", Kind::Plain, u"\u2A01"}, // ⨁
    {u"bigotimes", Kind::Plain, u"\u2A02"}, // ⨂
    {u"bigvee", Kind::Plain, u"\u22C1"}, // ⋁
    {u"bigwedge", Kind::Plain, u"\u22C0"}, // ⋀
    {u"bigsqcup", Kind::Plain, u"\u2A06"}, // ⨆
    {u"langle", Kind::Plain, u"\u27E8"}, // ⟨
    {u"rangle", Kind::Plain, u"\u27E9"}, // ⟩
    {u"lceil", Kind::Plain, u"\u2308"}, // ⌈
    {u"rceil", Kind::Plain, u"\u2309"}, // ⌉
    {u"lfloor", Kind::Plain, u"\u230A"}, // ⌊
    {u"rfloor", Kind::Plain, u"\u230B"}, // ⌋
    {u"lbrace", Kind::Plain, u"{"},
    {u"rbrace", Kind::Plain, u"}"},
    {u"lbrack", Kind::Plain, u"["},
    {u"rbrack", Kind::Plain, u"]"},
    {u"vert", Kind::Plain, u"\u007C"},
    {u"lvert", Kind::Plain, u"\u007C"},
    {u"rvert", Kind::Plain, u"\u007C"},
    {u"Vert", Kind::Plain, u"\u2016"}, // ‖
    {u"lVert", Kind::Plain, u"\u2016"}, // ‖
    {u"rVert", Kind::Plain, u"\u2016"}, // ‖
    {u"backslash", Kind::Plain, u"\\"},
    {u"colon", Kind::Plain, u":"},
    {u"QED", Kind::Plain, u"\u220E"}, // ∎
    {u"qed", Kind::Plain, u"\u220E"}, // ∎
    {u"therefore", Kind::Plain, u"\u2234"}, // ∴
    {u"because", Kind::Plain, u"\u2235"}, // ∵
    {u"circ", Kind::Plain, u"\u2218"}, // ∘
    {u"bullet", Kind::Plain, u"\u2022"}, // •
    {u"lgroup", Kind::Plain, u"("},
    {u"rgroup", Kind::Plain, u")"},
    {u"llbracket", Kind::Plain, u"\u27E6"}, // ⟦
    {u"rrbracket", Kind::Plain, u"\u27E7"}, // ⟧
    {u"pm", Kind::Operator, u"\u00B1"}, // ±
    {u"mp", Kind::Operator, u"\u2213"}, // ∓
    {u"times", Kind::Operator, u"\u00D7"}, // ×
    {u"div", Kind::Operator, u"\u00F7"}, // ÷
    {u"cdot", Kind::Operator, u"\u00B7"}, // ·
    {u"ast", Kind::Operator, u"\u2217"}, // ∗
    {u"oplus", Kind::Operator, u"\u2295"}, // ⊕
    {u"ominus", Kind::Operator, u"\u2296"}, // ⊖
    {u"otimes", Kind::Operator, u"\u2297"}, // ⊗
    {u"oslash", Kind::Operator, u"\u2298"}, // ⊘
    {u"odot", Kind::Operator, u"\u2299"}, // ⊙
    {u"wedge", Kind::Operator, u"\u2227"}, // ∧
    {u"land", Kind::Operator, u"\u2227"}, // ∧
    {u"vee", Kind::Operator, u"\u2228"}, // ∨
    {u"lor", Kind::Operator, u"\u2228"}, // ∨
    {u"cap", Kind::Operator, u"\u2229"}, // ∩
    {u"cup", Kind::Operator, u"\u222A"}, // ∪
    {u"uplus", Kind::Operator, u"\u228E"}, // ⊎
    {u"sqcap", Kind::Operator, u"\u2293"}, // ⊓
    {u"sqcup", Kind::Operator, u"\u2294"}, // ⊔
    {u"setminus", Kind::Operator, u"\u2216"}, // ∖
    {u"smallsetminus", Kind::Operator, u"\u2216"}, // ∖
    {u"wr", Kind::Operator, u"\u2240"}, // ≀
    {u"amalg", Kind::Operator, u"\u2A3F"}, // ⨿
    {u"ltimes", Kind::Operator, u"\u22C9"}, // ⋉
    {u"rtimes", Kind::Operator, u"\u22CA"}, // ⋊
    {u"bowtie", Kind::Operator, u"\u22C8"}, // ⋈
    {u"leq", Kind::Operator, u"\u2264"}, // ≤
    {u"le", Kind::Operator, u"\u2264"}, // ≤
    {u"leqslant", Kind::Operator, u"\u2A7D"}, // ⩽
    {u"geq", Kind::Operator, u"\u2265"}, // ≥
    {u"ge", Kind::Operator, u"\u2265"}, // ≥
    {u"geqslant", Kind::Operator, u"\u2A7E"}, // ⩾
    {u"neq", Kind::Operator, u"\u2260"}, // ≠
    {u"ne", Kind::Operator, u"\u2260"}, // ≠
    {u"lt", Kind::Operator, u"<"},
    {u"gt", Kind::Operator, u">"},
    {u"ll", Kind::Operator, u"\u226A"}, // ≪
    {u"gg", Kind::Operator, u"\u226B"}, // ≫
    {u"equiv", Kind::Operator, u"\u2261"}, // ≡
    {u"sim", Kind::Operator, u"\u223C"}, // ∼
    {u"simeq", Kind::Operator, u"\u2243"}, // ≃
    {u"approx", Kind::Operator, u"\u2248"}, // ≈
    {u"cong", Kind::Operator, u"\u2245"}, // ≅
    {u"propto", Kind::Operator, u"\u221D"}, // ∝
    {u"asymp", Kind::Operator, u"\u224D"}, // ≍
    {u"doteq", Kind::Operator, u"\u2250"}, // ≐
    {u"triangleq", Kind::Operator, u"\u225C"}, // ≜
    {u"coloneqq", Kind::Operator, u"\u2254"}, // ≔
    {u"eqqcolon", Kind::Operator, u"\u2255"}, // ≕
    {u"prec", Kind::Operator, u"\u227A"}, // ≺
    {u"succ", Kind::Operator, u"\u227B"}, // ≻
    {u"preceq", Kind::Operator, u"\u2AAF"}, // ⪯
    {u"succeq", Kind::Operator, u"\u2AB0"}, // ⪰
    {u"lesssim", Kind::Operator, u"\u2272"}, // ≲
    {u"gtrsim", Kind::Operator, u"\u2273"}, // ≳
    {u"in", Kind::Operator, u"\u2208"}, // ∈
    {u"notin", Kind::Operator, u"\u2209"}, // ∉
    {u"ni", Kind::Operator, u"\u220B"}, // ∋
    {u"subset", Kind::Operator, u"\u2282"}, // ⊂
    {u"supset", Kind::Operator, u"\u2283"}, // ⊃
    {u"subseteq", Kind::Operator, u"\u2286"}, // ⊆
    {u"supseteq", Kind::Operator, u"\u2287"}, // ⊇
    {u"subsetneq", Kind::Operator, u"\u228A"}, // ⊊
    {u"supsetneq", Kind::Operator, u"\u228B"}, // ⊋
    {u"nsubseteq", Kind::Operator, u"\u2288"}, // ⊈
    {u"sqsubseteq", Kind::Operator, u"\u2291"}, // ⊑
    {u"sqsupseteq", Kind::Operator, u"\u2292"}, // ⊒
    {u"vdash", Kind::Operator, u"\u22A2"}, // ⊢
    {u"dashv", Kind::Operator, u"\u22A3"}, // ⊣
    {u"models", Kind::Operator, u"\u22A8"}, // ⊨
    {u"vDash", Kind::Operator, u"\u22A8"}, // ⊨
    {u"Vdash", Kind::Operator, u"\u22A9"}, // ⊩
    {u"perp", Kind::Operator, u"\u27C2"}, // ⟂
    {u"parallel", Kind::Operator, u"\u2225"}, // ∥
    {u"nparallel", Kind::Operator, u"\u2226"}, // ∦
    {u"mid", Kind::Operator, u"\u2223"}, // ∣
    {u"nmid", Kind::Operator, u"\u2224"}, // ∤
    {u"to", Kind::Operator, u"\u2192"}, // →
    {u"rightarrow", Kind::Operator, u"\u2192"}, // →
    {u"leftarrow", Kind::Operator, u"\u2190"}, // ←
    {u"gets", Kind::Operator, u"\u2190"}, // ←
    {u"leftrightarrow", Kind::Operator, u"\u2194"}, // ↔
    {u"Rightarrow", Kind::Operator, u"\u21D2"}, // ⇒
    {u"Leftarrow", Kind::Operator, u"\u21D0"}, // ⇐
    {u"Leftrightarrow", Kind::Operator, u"\u21D4"}, // ⇔
    {u"implies", Kind::Operator, u"\u27F9"}, // ⟹
    {u"impliedby", Kind::Operator, u"\u27F8"}, // ⟸
    {u"iff", Kind::Operator, u"\u27FA"}, // ⟺
    {u"longrightarrow", Kind::Operator, u"\u27F6"}, // ⟶
    {u"longleftarrow", Kind::Operator, u"\u27F5"}, // ⟵
    {u"longleftrightarrow", Kind::Operator, u"\u27F7"}, // ⟷
    {u"Longrightarrow", Kind::Operator, u"\u27F9"}, // ⟹
    {u"Longleftarrow", Kind::Operator, u"\u27F8"}, // ⟸
    {u"Longleftrightarrow", Kind::Operator, u"\u27FA"}, // ⟺
    {u"mapsto", Kind::Operator, u"\u21A6"}, // ↦
    {u"longmapsto", Kind::Operator, u"\u27FC"}, // ⟼
    {u"hookrightarrow", Kind::Operator, u"\u21AA"}, // ↪
    {u"hookleftarrow", Kind::Operator, u"\u21A9"}, // ↩
    {u"twoheadrightarrow", Kind::Operator, u"\u21A0"}, // ↠
    {u"rightharpoonup", Kind::Operator, u"\u21C0"}, // ⇀
    {u"leftharpoonup", Kind::Operator, u"\u21BC"}, // ↼
    {u"rightleftharpoons", Kind::Operator, u"\u21CC"}, // ⇌
    {u"leftrightharpoons", Kind::Operator, u"\u21CB"}, // ⇋
    {u"rightsquigarrow", Kind::Operator, u"\u21DD"}, // ⇝
    {u"leadsto", Kind::Operator, u"\u21DD"}, // ⇝
    {u"uparrow", Kind::Operator, u"\u2191"}, // ↑
    {u"downarrow", Kind::Operator, u"\u2193"}, // ↓
    {u"updownarrow", Kind::Operator, u"\u2195"}, // ↕
    {u"Uparrow", Kind::Operator, u"\u21D1"}, // ⇑
    {u"Downarrow", Kind::Operator, u"\u21D3"}, // ⇓
    {u"nearrow", Kind::Operator, u"\u2197"}, // ↗
    {u"searrow", Kind::Operator, u"\u2198"}, // ↘
    {u"swarrow", Kind::Operator, u"\u2199"}, // ↙
    {u"nwarrow", Kind::Operator, u"\u2196"}, // ↖
    {u"bmod", Kind::Operator, u"mod"},
    {u"mod", Kind::Operator, u"mod"},
    {u"sin", Kind::Function, u"sin"},
    {u"cos", Kind::Function, u"cos"},
    {u"tan", Kind::Function, u"tan"},
    {u"cot", Kind::Function, u"cot"},
    {u"sec", Kind::Function, u"sec"},
    {u"csc", Kind::Function, u"csc"},
    {u"arcsin", Kind::Function, u"arcsin"},
    {u"arccos", Kind::Function, u"arccos"},
    {u"arctan", Kind::Function, u"arctan"},
    {u"sinh", Kind::Function, u"sinh"},
    {u"cosh", Kind::Function, u"cosh"},
    {u"tanh", Kind::Function, u"tanh"},
    {u"coth", Kind::Function, u"coth"},
    {u"log", Kind::Function, u"log"},
    {u"ln", Kind::Function, u"ln"},
    {u"lg", Kind::Function, u"lg"},
    {u"exp", Kind::Function, u"exp"},
    {u"lim", Kind::Function, u"lim"},
    {u"limsup", Kind::Function, u"lim sup"},
    {u"liminf", Kind::Function, u"lim inf"},
    {u"max", Kind::Function, u"max"},
    {u"min", Kind::Function, u"min"},
    {u"sup", Kind::Function, u"sup"},
    {u"inf", Kind::Function, u"inf"},
    {u"arg", Kind::Function, u"arg"},
    {u"argmax", Kind::Function, u"arg max"},
    {u"argmin", Kind::Function, u"arg min"},
    {u"det", Kind::Function, u"det"},
    {u"dim", Kind::Function, u"dim"},
    {u"ker", Kind::Function, u"ker"},
    {u"hom", Kind::Function, u"hom"},
    {u"deg", Kind::Function, u"deg"},
    {u"gcd", Kind::Function, u"gcd"},
    {u"lcm", Kind::Function, u"lcm"},
    {u"Pr", Kind::Function, u"Pr"},
    {u"tr", Kind::Function, u"tr"},
    {u"rank", Kind::Function, u"rank"},
    {u"span", Kind::Function, u"span"},
    {u"sgn", Kind::Function, u"sgn"},
    {u"sign", Kind::Function, u"sign"},
    {u"diag", Kind::Function, u"diag"},
    {u"softmax", Kind::Function, u"softmax"},
    {u"erf", Kind::Function, u"erf"},
    {u"Var", Kind::Function, u"Var"},
    {u"Cov", Kind::Function, u"Cov"},
    {u"varDelta", Kind::Letter, u"\u0394"}, // Δ
    // clang-format on
};

struct AccentRow
{
    QStringView name;
    char16_t character;
};

constexpr AccentRow Accents[] = {
    // clang-format off
    {u"hat", 0x0302},
    {u"widehat", 0x0302},
    {u"bar", 0x0304},
    {u"overline", 0x0305},
    {u"tilde", 0x0303},
    {u"widetilde", 0x0303},
    {u"vec", 0x20D7},
    {u"overrightarrow", 0x20D7},
    {u"dot", 0x0307},
    {u"ddot", 0x0308},
    {u"dddot", 0x20DB},
    {u"check", 0x030C},
    {u"acute", 0x0301},
    {u"grave", 0x0300},
    {u"breve", 0x0306},
    {u"mathring", 0x030A},
    {u"underline", 0x0332},
    {u"cancel", 0x0338},
    // clang-format on
};

struct FractionRow
{
    QStringView above;
    QStringView below;
    QStringView text;
};

constexpr FractionRow Fractions[] = {
    // clang-format off
    {u"1", u"2", u"\u00BD"}, // ½
    {u"1", u"3", u"\u2153"}, // ⅓
    {u"2", u"3", u"\u2154"}, // ⅔
    {u"1", u"4", u"\u00BC"}, // ¼
    {u"3", u"4", u"\u00BE"}, // ¾
    {u"1", u"5", u"\u2155"}, // ⅕
    {u"2", u"5", u"\u2156"}, // ⅖
    {u"3", u"5", u"\u2157"}, // ⅗
    {u"4", u"5", u"\u2158"}, // ⅘
    {u"1", u"6", u"\u2159"}, // ⅙
    {u"5", u"6", u"\u215A"}, // ⅚
    {u"1", u"8", u"\u215B"}, // ⅛
    {u"3", u"8", u"\u215C"}, // ⅜
    {u"5", u"8", u"\u215D"}, // ⅝
    {u"7", u"8", u"\u215E"}, // ⅞
    // clang-format on
};

// clang-format off
constexpr QStringView SuperscriptsOf =
    u"0123456789+\u2212"
    u"-=()abcdefgh"
    u"ijklmnoprstu"
    u"vwxyzABDEGHI"
    u"JKLMNOPRTUVW"
    u"\u03B2\u03B3\u03B4\u03B8\u03C6\u03D5\u03C7\u22A4\u2218\u2032\u2033*"
    u"\u2217\u2020";
constexpr QStringView Superscripts =
    u"\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079\u207A\u207B"
    u"\u207B\u207C\u207D\u207E\u1D43\u1D47\u1D9C\u1D48\u1D49\u1DA0\u1D4D\u02B0"
    u"\u2071\u02B2\u1D4F\u02E1\u1D50\u207F\u1D52\u1D56\u02B3\u02E2\u1D57\u1D58"
    u"\u1D5B\u02B7\u02E3\u02B8\u1DBB\u1D2C\u1D2E\u1D30\u1D31\u1D33\u1D34\u1D35"
    u"\u1D36\u1D37\u1D38\u1D39\u1D3A\u1D3C\u1D3E\u1D3F\u1D40\u1D41\u2C7D\u1D42"
    u"\u1D5D\u1D5E\u1D5F\u1DBF\u1D60\u1D60\u1D61\u1D40\u00B0\u2032\u2033*"
    u"*\u2020";
constexpr QStringView SubscriptsOf =
    u"0123456789+\u2212"
    u"-=()aehijklm"
    u"noprstuvx\u03B2\u03B3\u03C1"
    u"\u03C6\u03D5\u03C7,";
constexpr QStringView Subscripts =
    u"\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208A\u208B"
    u"\u208B\u208C\u208D\u208E\u2090\u2091\u2095\u1D62\u2C7C\u2096\u2097\u2098"
    u"\u2099\u2092\u209A\u1D63\u209B\u209C\u1D64\u1D65\u2093\u1D66\u1D67\u1D68"
    u"\u1D69\u1D69\u1D6A,";
// clang-format on

//! An alphabet of the block "Mathematical Alphanumeric Symbols". Some of its letters stood
//! elsewhere in Unicode before it came.
struct Alphabet
{
    QStringView name;
    char32_t capitals = 0;
    char32_t small = 0;
    char32_t digits = 0;
    QStringView elsewhere = {}; //!< pairs: the letter, and where it stands
};

constexpr QStringView DoubleStruck = u"C\u2102H\u210DN\u2115P\u2119Q\u211AR\u211DZ\u2124";
constexpr QStringView Script
    = u"B\u212CE\u2130F\u2131H\u210BI\u2110L\u2112M\u2133R\u211Be\u212Fg\u210Ao\u2134";
constexpr QStringView Fraktur = u"C\u212DH\u210CI\u2111R\u211CZ\u2128";

constexpr Alphabet Alphabets[] = {
    {u"mathbb", 0x1D538, 0x1D552, 0x1D7D8, DoubleStruck},
    {u"Bbb", 0x1D538, 0x1D552, 0x1D7D8, DoubleStruck},
    {u"mathcal", 0x1D49C, 0x1D4B6, 0, Script},
    {u"mathscr", 0x1D49C, 0x1D4B6, 0, Script},
    {u"mathfrak", 0x1D504, 0x1D51E, 0, Fraktur},
    {u"mathbf", 0x1D400, 0x1D41A, 0x1D7CE},
    {u"boldsymbol", 0x1D400, 0x1D41A, 0x1D7CE},
    {u"bm", 0x1D400, 0x1D41A, 0x1D7CE},
    {u"mathsf", 0x1D5A0, 0x1D5BA, 0x1D7E2},
    {u"mathtt", 0x1D670, 0x1D68A, 0x1D7F6},
    // The letters as they are.
    {u"mathrm"},
    {u"mathit"},
    {u"mathnormal"},
    {u"textbf"},
    {u"textit"},
    {u"textrm"},
    {u"texttt"},
    {u"textsf"},
    {u"text"},
    {u"mbox"},
    {u"hbox"},
    {u"operatorname"},
    {u"operatorname*"},
};

QString letterOf(const Alphabet &alphabet, QChar letter)
{
    const qsizetype elsewhere = alphabet.elsewhere.indexOf(letter);
    if (elsewhere >= 0) {
        return QString(alphabet.elsewhere.at(elsewhere + 1));
    }
    char32_t character = letter.unicode();
    if (letter >= u'A' && letter <= u'Z' && alphabet.capitals > 0) {
        character = alphabet.capitals + (letter.unicode() - u'A');
    } else if (letter >= u'a' && letter <= u'z' && alphabet.small > 0) {
        character = alphabet.small + (letter.unicode() - u'a');
    } else if (letter >= u'0' && letter <= u'9' && alphabet.digits > 0) {
        character = alphabet.digits + (letter.unicode() - u'0');
    }
    return letter.isSurrogate() ? QString(letter) : QString::fromUcs4(&character, 1);
}

std::optional<QString> translated(const QString &text, QStringView from, QStringView to)
{
    QString result;
    for (const QChar character : text) {
        if (character.isSpace()) {
            continue;
        }
        const qsizetype index = from.indexOf(character);
        if (index < 0) {
            return std::nullopt;
        }
        result += to.at(index);
    }
    return result;
}

} // namespace

std::optional<TexSymbol> texSymbol(QStringView name)
{
    static const QHash<QStringView, const SymbolRow *> rows = [] {
        QHash<QStringView, const SymbolRow *> result;
        result.reserve(std::size(Symbols));
        for (const SymbolRow &row : Symbols) {
            result.insert(row.name, &row);
        }
        return result;
    }();
    const SymbolRow *row = rows.value(name);
    return row ? std::optional(TexSymbol{.kind = row->kind, .text = row->text}) : std::nullopt;
}

char16_t texAccent(QStringView name)
{
    const auto *found = std::find_if(std::begin(Accents), std::end(Accents),
                                     [name](const AccentRow &row) { return row.name == name; });
    return found == std::end(Accents) ? char16_t(0) : found->character;
}

bool isLongAccent(QStringView name)
{
    return name == u"overline" || name == u"underline" || name == u"cancel";
}

std::optional<QString> inTexAlphabet(QStringView name, const QString &text)
{
    const auto *found = std::find_if(std::begin(Alphabets), std::end(Alphabets),
                                     [name](const Alphabet &each) { return each.name == name; });
    if (found == std::end(Alphabets)) {
        return std::nullopt;
    }
    QString result;
    for (const QChar letter : text) {
        result += letterOf(*found, letter);
    }
    return result;
}

std::optional<QString> superscript(const QString &text)
{
    return translated(text, SuperscriptsOf, Superscripts);
}

std::optional<QString> subscript(const QString &text)
{
    return translated(text, SubscriptsOf, Subscripts);
}

QString vulgarFraction(QStringView above, QStringView below)
{
    for (const FractionRow &row : Fractions) {
        if (row.above == above && row.below == below) {
            return row.text.toString();
        }
    }
    return {};
}

} // namespace Maestro::Markdown
