// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/document.h"
#include "markdown/tex.h"

#include <QTest>

using namespace Maestro::Markdown;
using namespace Qt::StringLiterals;

//! Mathematics: what is some, and how it is read.
class tst_Math : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsTexIntoUnicode_data();
    void bringsTexIntoUnicode();
    void leavesWhatIsNoTex_data();
    void leavesWhatIsNoTex();
    void findsMathematicsInText_data();
    void findsMathematicsInText();
    void marksMathematicsAndNothingElse();
    void keepsLinesOfAFormulaTogether();
    void survivesHostileTex();
};

namespace {

struct Row
{
    QString tex;
    QString text;
};

//! What is read, with a bar around each piece of mathematics.
QString withBars(const Inline &text)
{
    QString result = text.text;
    for (auto span = text.spans.crbegin(); span != text.spans.crend(); ++span) {
        if (span->styles.testFlag(Style::Math)) {
            result.insert(span->from + span->length, u'|');
            result.insert(span->from, u'|');
        }
    }
    return result;
}

} // namespace

void tst_Math::bringsTexIntoUnicode_data()
{
    QTest::addColumn<QString>("tex");
    QTest::addColumn<QString>("text");

    const QList<Row> rows{
        {uR"(x)"_s, u"x"_s},
        {uR"(E = mc^2)"_s, u"E = mc²"_s},
        {uR"(a^2 + b^2 = c^2)"_s, u"a² + b² = c²"_s},
        {uR"(\alpha \beta)"_s, u"αβ"_s},
        {uR"(2\pi r)"_s, u"2πr"_s},
        {uR"(\Delta x)"_s, u"Δx"_s},
        {uR"(x_1, x_2, \ldots, x_n)"_s, u"x₁, x₂, …, xₙ"_s},
        {uR"(x_{i+1})"_s, u"xᵢ₊₁"_s},
        {uR"(x_i^2)"_s, u"xᵢ²"_s},
        {uR"(a_{ij})"_s, u"aᵢⱼ"_s},
        {uR"(e^{-x})"_s, u"e⁻ˣ"_s},
        {uR"(x^{10})"_s, u"x¹⁰"_s},
        {uR"(x^n_k)"_s, u"xⁿₖ"_s},
        {uR"(A^T)"_s, u"Aᵀ"_s},
        {uR"(A^{-1})"_s, u"A⁻¹"_s},
        {uR"(90^\circ)"_s, u"90°"_s},
        {uR"(f'(x))"_s, u"f′(x)"_s},
        {uR"(f''(x))"_s, u"f″(x)"_s},
        {uR"(x^\prime)"_s, u"x′"_s},
        {uR"(x_q)"_s, u"x_q"_s},
        {uR"(x^{\alpha})"_s, u"x^α"_s},
        {uR"(x_{\text{max}})"_s, u"xₘₐₓ"_s},
        {uR"(x_{Y})"_s, u"x_Y"_s},
        {uR"(e^{i\pi} + 1 = 0)"_s, u"e^{iπ} + 1 = 0"_s},
        {uR"(\frac{a}{b})"_s, u"a/b"_s},
        {uR"(\frac{1}{2})"_s, u"½"_s},
        {uR"(\frac12)"_s, u"½"_s},
        {uR"(\frac{3}{4}x)"_s, u"¾x"_s},
        {uR"(\frac{a+b}{c})"_s, u"(a+b)/c"_s},
        {uR"(\frac{a}{b+c})"_s, u"a/(b+c)"_s},
        {uR"(\dfrac{x^2}{2\sigma^2})"_s, u"x²/2σ²"_s},
        {uR"(\frac{\partial f}{\partial x})"_s, u"∂f/∂x"_s},
        {uR"(\frac{-b \pm \sqrt{b^2 - 4ac}}{2a})"_s, u"(−b ± √(b² − 4ac))/2a"_s},
        {uR"(\sqrt{2})"_s, u"√2"_s},
        {uR"(\sqrt{x+1})"_s, u"√(x+1)"_s},
        {uR"(\sqrt{12.5})"_s, u"√12.5"_s},
        {uR"(\sqrt{2\pi})"_s, u"√(2π)"_s},
        {uR"(\sqrt{2}\pi)"_s, u"√2π"_s},
        {uR"(\sqrt{x^2})"_s, u"√(x²)"_s},
        {uR"(\sqrt[3]{x})"_s, u"∛x"_s},
        {uR"(\sqrt[4]{x})"_s, u"∜x"_s},
        {uR"(\sqrt[n]{x})"_s, u"ⁿ√x"_s},
        {uR"(\sum_{i=1}^{n} x_i)"_s, u"∑ᵢ₌₁ⁿ xᵢ"_s},
        {uR"(\sum\limits_{k=0}^\infty a_k)"_s, u"∑ₖ₌₀^∞ aₖ"_s},
        {uR"(\int_0^1 f(x)\,dx)"_s, u"∫₀¹ f(x) dx"_s},
        {uR"(\prod_{i} p_i)"_s, u"∏ᵢ pᵢ"_s},
        {uR"(\lim_{x \to 0} \frac{\sin x}{x} = 1)"_s, u"lim_{x → 0} (sin x)/x = 1"_s},
        {uR"(\sin\theta)"_s, u"sin θ"_s},
        {uR"(2\sin x)"_s, u"2 sin x"_s},
        {uR"(\log_2 n)"_s, u"log₂ n"_s},
        {uR"(O(n \log n))"_s, u"O(n log n)"_s},
        {uR"(\max(a, b))"_s, u"max(a, b)"_s},
        {uR"(a \leq b)"_s, u"a ≤ b"_s},
        {uR"(a\leq b)"_s, u"a ≤ b"_s},
        {uR"(a \ne b)"_s, u"a ≠ b"_s},
        {uR"(a \approx b)"_s, u"a ≈ b"_s},
        {uR"(a \cdot b \times c)"_s, u"a · b × c"_s},
        {uR"(x \in \mathbb{R})"_s, u"x ∈ ℝ"_s},
        {uR"(f: \mathbb{N} \to \mathbb{Z})"_s, u"f: ℕ → ℤ"_s},
        {uR"(A \subseteq B \cup C)"_s, u"A ⊆ B ∪ C"_s},
        {uR"(\forall x \exists y)"_s, u"∀ x ∃ y"_s},
        {uR"(p \Rightarrow q)"_s, u"p ⇒ q"_s},
        {uR"(p \iff q)"_s, u"p ⟺ q"_s},
        {uR"(\neg p \land q)"_s, u"¬ p ∧ q"_s},
        {uR"(\nabla \cdot \vec{E})"_s, u"∇ · E\u20D7"_s},
        {uR"(\hat{x})"_s, u"x\u0302"_s},
        {uR"(\bar x)"_s, u"x\u0304"_s},
        {uR"(\dot{q})"_s, u"q\u0307"_s},
        {uR"(\overline{AB})"_s, u"A\u0305B\u0305"_s},
        {uR"(\hat{ab})"_s, uR"(\hat{ab})"_s},
        {uR"(\mathcal{L})"_s, u"ℒ"_s},
        {uR"(\mathcal{O}(n))"_s, u"\U0001D4AA(n)"_s},
        {uR"(\mathbf{v})"_s, u"\U0001D42F"_s},
        {uR"(\mathfrak{g})"_s, u"\U0001D524"_s},
        {uR"(\mathrm{d}x)"_s, u"dx"_s},
        {uR"(x \text{ if } y > 0)"_s, u"x if y > 0"_s},
        {uR"(\operatorname{rank}(A))"_s, u"rank(A)"_s},
        {uR"(\left( \frac{a}{b} \right))"_s, u"(a/b)"_s},
        {uR"(\left. x\right|_0)"_s, u"x|₀"_s},
        {uR"(\{1, 2\})"_s, u"{1, 2}"_s},
        {uR"(\lfloor x \rfloor)"_s, u"⌊x⌋"_s},
        {uR"(\langle u, v \rangle)"_s, u"⟨u, v⟩"_s},
        {uR"(\|x\|)"_s, u"‖x‖"_s},
        {uR"(\binom{n}{k})"_s, u"C(n, k)"_s},
        {uR"(a \equiv b \pmod{n})"_s, u"a ≡ b (mod n)"_s},
        {uR"(a \not= b)"_s, u"a =\u0338 b"_s},
        {uR"(5\%)"_s, u"5%"_s},
        {uR"(a \quad b)"_s, u"a\u2003b"_s},
        {uR"(\begin{pmatrix} a & b \\ c & d \end{pmatrix})"_s, u"(a, b; c, d)"_s},
        {uR"(\begin{bmatrix} 1 & 0 \\ 0 & 1 \\ \end{bmatrix})"_s, u"[1, 0; 0, 1]"_s},
        {uR"(|x| = \begin{cases} x & x \ge 0 \\ -x & \text{else} \end{cases})"_s,
         u"|x| = { x, x ≥ 0; −x, else"_s},
        {uR"(\begin{aligned} a &= b \\ &= c \end{aligned})"_s, u"a = b\u2028= c"_s},
        {uR"(\boxed{42})"_s, u"42"_s},
        {uR"(x = 1 \tag{2})"_s, u"x = 1 (2)"_s},
        {uR"(\xrightarrow{f})"_s, u"─f→"_s},
        {uR"(\foo{x^2} + 1)"_s, uR"(\foo{x²} + 1)"_s},
        {uR"(\unknown)"_s, uR"(\unknown)"_s},
        {uR"(日本)"_s, u"日本"_s},
    };
    for (const Row &row : rows) {
        QTest::newRow(qPrintable(row.tex)) << row.tex << row.text;
    }
}

void tst_Math::bringsTexIntoUnicode()
{
    QFETCH(QString, tex);
    QTEST(texToUnicode(tex).value_or(u"(none)"_s), "text");
}

void tst_Math::leavesWhatIsNoTex_data()
{
    QTest::addColumn<QString>("tex");

    QTest::newRow("a brace that does not open") << u"a}"_s;
    QTest::newRow("a brace that does not close") << u"{a"_s;
    QTest::newRow("a power of nothing") << u"x^"_s;
    QTest::newRow("a fraction of one") << uR"(\frac{a})"_s;
    QTest::newRow("a backslash at the end") << u"a\\"_s;
    QTest::newRow("an environment without an end") << uR"(\begin{matrix} a)"_s;
    QTest::newRow("another end") << uR"(\begin{matrix} a \end{cases})"_s;
}

void tst_Math::leavesWhatIsNoTex()
{
    QFETCH(QString, tex);
    QVERIFY(!texToUnicode(tex));
}

void tst_Math::findsMathematicsInText_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("text");

    QTest::newRow("dollars") << u"so $x^2$ is"_s << u"so |x²| is"_s;
    QTest::newRow("parentheses") << uR"(so \(x^2\) is)"_s << u"so |x²| is"_s;
    QTest::newRow("punctuation behind it") << u"it is $x$."_s << u"it is |x|."_s;
    QTest::newRow("punctuation around it") << u"($x$, $y$)"_s << u"(|x|, |y|)"_s;
    QTest::newRow("two in a line") << u"$a$ and $b$"_s << u"|a| and |b|"_s;
    QTest::newRow("its marks are no emphasis")
        << u"$a*b*c$ and $d_1 e_1$"_s << u"|a*b*c| and |d₁ e₁|"_s;
    QTest::newRow("within emphasis") << u"**so $x$**"_s << u"so |x|"_s;
    QTest::newRow("its backslashes are TeX's") << uR"($\{a\} \\ b$)"_s << u"|{a}\u2028b|"_s;
    QTest::newRow("its brackets are no link") << u"$f[x](y)$"_s << u"|f[x](y)|"_s;
    QTest::newRow("its ampersand is no entity") << uR"($a \&lt; b$)"_s << u"|a &lt; b|"_s;
    QTest::newRow("displayed") << u"so\n$$x^2$$\nis"_s << u"so\u2028|x²|\u2028is"_s;
    QTest::newRow("displayed in brackets") << uR"(so \[x^2\] is)"_s << u"so\u2028|x²|\u2028is"_s;
    QTest::newRow("displayed over lines") << u"$$\nx\n+ 1\n$$"_s << u"|x + 1|"_s;
    QTest::newRow("what is no TeX") << u"so $x^{$ is"_s << u"so |$x^{$| is"_s;

    QTest::newRow("five dollars") << u"It costs $5."_s << u"It costs $5."_s;
    QTest::newRow("two sums") << u"$5 and $10"_s << u"$5 and $10"_s;
    QTest::newRow("a range") << u"$5-$10"_s << u"$5-$10"_s;
    QTest::newRow("two sums and words")
        << u"from $20,000 to $30,000 a year"_s << u"from $20,000 to $30,000 a year"_s;
    QTest::newRow("dollars behind") << u"5$ and 10$"_s << u"5$ and 10$"_s;
    QTest::newRow("variables of a shell") << u"echo $HOME and $PATH"_s << u"echo $HOME and $PATH"_s;
    QTest::newRow("an escaped dollar") << uR"(\$x\$)"_s << u"$x$"_s;
    QTest::newRow("a space within") << u"$ x $"_s << u"$ x $"_s;
    QTest::newRow("in code") << u"`$x$` and $y$"_s << u"$x$ and |y|"_s;
    QTest::newRow("over code") << u"$a `b$` c"_s << u"$a b$ c"_s;
    QTest::newRow("an escaped parenthesis") << uR"(f\(x)"_s << u"f(x"_s;
    QTest::newRow("an escaped backslash") << uR"(\\(x\\))"_s << uR"(\(x\))"_s;
    QTest::newRow("unfinished") << u"so $x^2"_s << u"so $x^2"_s;
}

void tst_Math::findsMathematicsInText()
{
    QFETCH(QString, markdown);
    const QList<Block> blocks = Document::parse(markdown);
    QCOMPARE(blocks.size(), 1);
    QTEST(withBars(blocks.first().text), "text");
}

void tst_Math::marksMathematicsAndNothingElse()
{
    const Inline expected{.text = u"so x² is"_s, .spans = {{3, 2, Style::Math, -1}}};
    QCOMPARE(Document::parse(u"so $x^2$ is").first().text, expected);

    const Inline linked{.text = u"x²"_s,
                        .spans = {{0, 2, Style::Math | Style::Link, 0}},
                        .addresses = {{.url = u"http://a/$b$"_s}}};
    QCOMPARE(Document::parse(u"[$x^2$](http://a/$b$)").first().text, linked);

    const QList<Block> code = Document::parse(u"```\n$x$\n```\n\n    $y$\n");
    QCOMPARE(code.at(0).lines, QStringList{u"$x$"_s});
    QCOMPARE(code.at(1).lines, QStringList{u"$y$"_s});
}

void tst_Math::keepsLinesOfAFormulaTogether()
{
    const QList<Block> blocks = Document::parse(u"\\[\na\n+ b\n- c\n= 1\n=\n# 2\n\\]\n\n- list\n");
    QCOMPARE(blocks.size(), 2);
    QCOMPARE(blocks.at(0).kind, Block::Kind::Paragraph);
    QCOMPARE(withBars(blocks.at(0).text), u"|a + b − c = 1 = # 2|"_s);
    QCOMPARE(blocks.at(1).containers.size(), 1);
    // A blank line ends it: TeX has none in a formula.
    QCOMPARE(Document::parse(u"$$\na\n\n- b\n").size(), 2);
}

void tst_Math::survivesHostileTex()
{
    QVERIFY(!texToUnicode(QString(100'000, u'{')));
    QVERIFY(!texToUnicode(u"\\frac"_s.repeated(10'000)));
    QVERIFY(!texToUnicode(u"x^"_s.repeated(10'000)));
    QVERIFY(!texToUnicode(u"\\begin{matrix}"_s.repeated(10'000)));
    QCOMPARE(texToUnicode(QString(100'000, u'x'))->size(), 100'000);
    QVERIFY(texToUnicode(QString(QChar(0xD800))).has_value());
    QVERIFY(texToUnicode(QString()).has_value());
}

QTEST_GUILESS_MAIN(tst_Math)
#include "tst_math.moc"
