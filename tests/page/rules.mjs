// The rules that the page's calendar needs, until a test can call those of the compiled module.

export const rules = {
  ramped_strength(strength, since, ramp) {
    const grown = (since + 1) / ramp;
    return strength * (grown < 1 ? grown : 1);
  },
  risk_after_reform: (risk, reform) => (1 - reform) * risk + reform / 2,
  risk_of_the_other: (risk) => 1 - risk,
  income_moved: (income, part, risk) => income * part * (1 - risk),
  share_after_payment: (share, received, value) => share + received / value,
  gaining_part: (share) => (share > 0 ? share : 0),
  losing_part: (share) => (share < 0 ? -share : 0),
};
