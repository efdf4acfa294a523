package survey

import (
	"math"
	"math/big"
	"math/bits"
)

// exact is a sum of floats that does not depend on the order they are added in:
// a fixed-point number of 128 bits, 64 of them after the point. What is added is
// first scaled by a power of two that suits all of it, see scaling.
type exact struct {
	hi int64
	lo uint64
}

// fixed turns x into fixed point, cut off below 2⁻⁶³; NaN is 0. Otherwise x must
// be smaller than 2⁶³.
func fixed(x float64) exact {
	if x != x {
		return exact{}
	}
	whole := int64(x)
	rest := int64((x - float64(whole)) * (1 << 63)) // the difference is exact
	return exact{whole + rest>>63, uint64(rest) << 1}
}

// add adds x.
func (e *exact) add(x exact) {
	lo, carry := bits.Add64(e.lo, x.lo, 0)
	hi, _ := bits.Add64(uint64(e.hi), uint64(x.hi), carry)
	e.lo, e.hi = lo, int64(hi)
}

// addAll adds as many terms as there are sums.
func addAll(sums, terms []exact) {
	for k, x := range terms[:len(sums)] {
		sums[k].add(x)
	}
}

// float is the sum divided by 2^scale, rounded once.
func (e exact) float(scale int) float64 {
	negative := e.hi < 0
	if negative {
		var carry uint64
		e.lo, carry = bits.Add64(^e.lo, 1, 0)
		e.hi = ^e.hi + int64(carry)
	}
	hi, lo := uint64(e.hi), e.lo
	shift := bits.LeadingZeros64(hi)
	if hi == 0 {
		shift = 64 + bits.LeadingZeros64(lo)
	}
	if shift == 128 {
		return 0
	}
	var top, rest uint64 // the 64 highest bits, and what is below them
	if shift >= 64 {
		top = lo << (shift - 64)
	} else {
		top, rest = hi<<shift|lo>>(64-shift), lo<<shift
	}
	if rest != 0 {
		top |= 1 // sticky, for rounding
	}
	x := math.Ldexp(float64(top), -shift-scale)
	if negative {
		return -x
	}
	return x
}

// big is the sum divided by 2^scale without any rounding.
func (e exact) big(scale int) *big.Float {
	n := new(big.Int).Lsh(big.NewInt(e.hi), 64)
	n.Add(n, new(big.Int).SetUint64(e.lo))
	f := new(big.Float).SetPrec(256).SetInt(n)
	return f.SetMantExp(f, -64-scale)
}

// usualScale suits amounts of money as well as shares: sums up to 2⁵³, and
// nothing lost of values above 2⁻²⁰.
const usualScale = 9

// scaling picks the power of two for values of which the largest is most, so
// that rows of them add up without overflow and lose nothing that matters. What
// suits the usual scale keeps it, so that a second reading is rare; the largest
// value does not depend on order, so neither does the choice.
func scaling(most float64, rows int64) int {
	_, exponent := math.Frexp(most)
	room := 62 - exponent - bits.Len64(uint64(rows))
	if most == 0 || room >= usualScale && exponent >= -usualScale {
		return usualScale
	}
	return min(room, 1000) // beyond, the power of two itself would overflow
}
