/**
 * How wide the letters of the typeface are. Written by tests/page/make_widths.py from the fonts of the charts.
 */

/**
 * For each weight, ranges of letters: the code point of the first, and the width of each in hundredths of the size, two
 * digits in base 36.
 *
 * @type {Readonly<Record<"regular" | "bold", readonly (readonly [number, string])[]>>}
 */
export const LETTER_WIDTHS = {
  regular: [
    [
      32,
      "0k0t171e1e2b1p0p0v0v161e0p0w0p0z1e1e1e1e1e1e1e1e1e1e0p0p1e1e1e172d1j1n1m1q1h1e1q1u0r1c1m1d211t1v1l1v" +
        "1l1i1i1t1g271g1c1i0v0z0v1e1e1j1f1k1a1k1e0u1f1j0p0p1e0q2b1j1j1k1k0z160y1j1b20191b170v0p0v1e2s2s2s2s2s" +
        "2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s0k0t1e1e1e1e0p1e1j230z171e0w171j0y1e11111j1l" +
        "1k0p1j111117272928171j1j1j1j1j1j2b1m1h1h1h1h0r0r0r0r1s1t1v1v1v1v1v1e1v1t1t1t1t1c1n1m1f1f1f1f1f1f261a" +
        "1e1e1e1e0p0p0p0p1j1j1j1j1j1j1j1e1j1j1j1j1j1b1k1b1j1f1j1f1j1f1m1a1m1a1m1a1m1a1q1m1s1l1h1e1h1e1h1e1h1e" +
        "1h1e1q1f1q1f1q1f1q1f1u1j1y1k0r0p0r0p0r0p0r0p0r0p1h1e1c0p1m1e1e1d0q1d0q1d0r1d111e0u1t1j1t1j1t1j251s1j" +
        "1v1j1v1j1v1j2d2c1l0z1l0z1l0z1i161i161i161i161i0y1i0y1i0y1t1j1t1j1t1j1t1j1t1j1t1j27201c1b1c1i171i171i" +
        "170s1l232s2s2s2s1m2s2s2s262s2s1i1h1t1j2s0u1q1g2s0r0v2s2s0u1b2s2s1j2s1v1j2s2s2s2s2s2s2s2s2s2s2s2s2s1u" +
        "1j1w2s2s2s2s2s1j2s2s2s2s2s2s2s1j0p1a130p2s2s2s2s2s2s2s2s2s1j1f0r0p1v1j1t1j1t1j1t1j1t1j1t1j1e2s2s2s2s" +
        "2b261u1m1q1f2s2s1v1j2s2s1j170p2s2s2s1q1f2s1l1t1j1j1f2b261v1j1j1f2s2s1h1e2s2s0r0p2s2s1v1j2s2s2s2s2s2s" +
        "2s2s2s2s1i161i0y1e181u1j1u2s1v1i2s2s1j1f2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s0p2s2s1j1m1a1f1i2s2s1d171p1x1g" +
        "2s2s1e0u2s2s2s2s2s2s",
    ],
    [
      880,
      "2s2s2s2s0p0p2s2s2s2s1j2s2s2s0p2s2s2s2s2s1j1j1m0p1q220z2s232s1p230r1j1n1e1n1h1i1u1v0r1m1g211t1i1v1t1l" +
        "2s1i1i1c201g1y1w0r1c1k191j0r1f1k1l1d1i19171j1h0r1e1e1l1c181i1n1j181j1a1f1w1d1x1z0r1f1i1f1z1n1k1h2s2s" +
        "2s1w2s1h2s1i2s1b2s162s2s2s1e2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s1v2s2s1k1h2s2s2s2s2s2s2s1h1h1x1e1m1i" +
        "0r0r1c2i2l1y1m1u1g1t1j1m1n1e1s1h2b1j1u1u1m1r211u1v1t1l1m1i1g221g1t1o2g2g20281m1m2j1n1f1j1f161i1e1x1a" +
        "1l1l1e1i1s1l1j1k1k1a1a1b22191k1g23251o1w1e1a221g1e1e1k161a160p0p0p22241j1e1l1b1k",
    ],
    [
      8208,
      "0w0w1e1c2828141e0p0p0p0p1717172s1a1a0v0v2s2s2n2s2s2s2s2s2s2s2s0c3c4d0p172s0p2s2s2s0s0s2s1j181e1l2s2s" +
        "2s2s09",
    ],
    [
      8352,
      "2s1e2s1e1e2s1e1e2s1e2s1e1e2s1e2s2s1e1e2s1e1e2s2s1e1e1e2s2s1e2s2s",
    ],
    [
      8592,
      "1q1q1q1q",
    ],
    [
      8722,
      "1e",
    ],
  ],
  bold: [
    [
      32,
      "0k0y1i1h1h2e1v0u0z0z1a1h0u0y0u0y1h1h1h1h1h1h1h1h1h1h0u0u1h1h1h1b2j1m1p1n1s1j1h1s1w0v1f1q1g251v1x1o1x" +
        "1q1k1k1v1k2a1l1h1j0z0y0z1h1e1k1h1m1b1m1g0z1i1m0s0s1j0t2e1m1k1m1m1419131l1h261g1h1a0z0r0z1h2s2s2s2s2s" +
        "2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s0k0y1h1h1h1h0r1h1k23101c1h0y1b1k111h12121k1o" +
        "1s0u1k12121c292d2a1b1m1m1m1m1m1m2d1n1j1j1j1j0v0v0v0v1u1v1x1x1x1x1x1h1x1v1v1v1v1h1q1s1h1h1h1h1h1h271b" +
        "1g1g1g1g0s0s0s0s1k1m1k1k1k1k1k1h1k1l1l1l1l1h1m1h1m1h1m1h1m1h1n1b1n1b1n1b1n1b1s1q1u1m1j1g1j1g1j1g1j1g" +
        "1j1g1s1i1s1i1s1i1s1i1w1m201m0v0s0v0s0v0s0v0s0v0s1p1k1f0s1q1j1j1g0t1g0t1g0w1g1a1j101v1m1v1m1v1m2d1v1m" +
        "1x1k1x1k1x1k2g2b1q141q141q141k191k191k191k191k131k131k131v1l1v1l1v1l1v1l1v1l1v1l2a261h1h1h1j1a1j1a1j" +
        "1a0w1m282s2s2s2s1n2s2s2s2b2s2s1k1j1v1i2s0z1s1k2s0u0z2s2s0y1h2s2s1m2s1x1k2s2s2s2s2s2s2s2s2s2s2s2s2s1x" +
        "1l202s2s2s2s2s1k2s2s2s2s2s2s2s1l0s1g1b0p2s2s2s2s2s2s2s2s2s1m1h0v0s1x1k1v1l1v1l1v1l1v1l1v1l1g2s2s2s2s" +
        "2d271w1p1s1i2s2s1x1k2s2s1k1a0s2s2s2s1s1i2s1o1v1m1m1h2d271x1k1m1h2s2s1j1g2s2s0v0s2s2s1x1k2s2s2s2s2s2s" +
        "2s2s2s2s1k191k131g1a1w1m1x2s1x1k2s2s1m1h2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s0s2s2s1m1n1b1i1k2s2s1i1c1r1z1k" +
        "2s2s1h0y2s2s2s2s2s2s",
    ],
    [
      880,
      "2s2s2s2s0u0u2s2s2s2s1k2s2s2s0u2s2s2s2s2s1k1k1s0u1x2a182s292s202b0v1m1p1h1s1j1j1w1x0v1q1k251v1m1x1v1o" +
        "2s1j1k1h241l24200v1h1o1c1l0v1i1o1o1i1j1c1b1l1j0v1j1k1o1h1b1k1s1l191m1d1i221h24230v1i1k1i231q1o1j2s2s" +
        "2s222s1k2s1k2s1d2s182s2s2s1i2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s2s1x2s2s1o1l2s2s2s2s2s2s2s1j1j1z1h1n1k" +
        "0v0v1f2j2m201q1w1k1v1m1o1p1h1v1j2g1k1w1w1q1u251w1x1v1o1n1k1k251l1v1r2k2l212e1o1n2n1q1h1l1h181n1g251c" +
        "1n1n1j1m1u1n1k1m1m1b1e1h261g1o1j292b1r221g1b261j1g1g1m181b190s0s0s26271m1j1n1h1m",
    ],
    [
      8208,
      "0y0y1h1c28281a1e0u0u0u0u1i1i1i2s1f1f0z0z2s2s2q2s2s2s2s2s2s2s2s0c3h4k0u1i2s0u2s2s2s0u0u2s1q1c1e1n2s2s" +
        "2s2s0a",
    ],
    [
      8352,
      "2s1h2s1h1h2s1h1h2s1h2s1h1h2s1h2s2s1h1h2s1h1h2s2s1h1h1h2s2s1h2s2s",
    ],
    [
      8592,
      "1q1q1q1q",
    ],
    [
      8722,
      "1h",
    ],
  ],
};
