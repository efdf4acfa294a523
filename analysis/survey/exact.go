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

// fixed turns x into fixed point, cut off below 2⁻⁶⁴; NaN is 0. Otherwise x must
// be smaller than 2⁶³.
func fixed(x float64) exact {
	b := math.Float64bits(x)
	exponent := int(b >> 52 & 0x7ff)
	mantissa := b&(1<<52-1) | 1<<52
	if exponent == 0 {
		return exact{} // zero, and what is smaller than 2⁻¹⁰²²
	}
	var e exact
	switch shift := exponent - 1023 - 52 + 64; {
	case shift <= -53:
	case shift < 0:
		e.lo = mantissa >> -shift
	case shift < 64:
		e.lo, e.hi = mantissa<<shift, int64(mantissa>>(64-shift))
	default:
		e.hi = int64(mantissa << (shift - 64))
	}
	if b>>63 != 0 {
		var carry uint64
		e.lo, carry = bits.Add64(^e.lo, 1, 0)
		e.hi = ^e.hi + int64(carry)
	}
	return e
}

// add adds x.
func (e *exact) add(x exact) {
	lo, carry := bits.Add64(e.lo, x.lo, 0)
	e.lo, e.hi = lo, e.hi+x.hi+int64(carry)
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

// usualScale suits amounts of money as well as shares: sums up to 2⁵⁴, and
// nothing lost of values above 2⁻²⁰.
const usualScale = 8

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
	return room
}
