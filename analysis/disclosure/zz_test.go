package disclosure
import ("testing";"time";"math/rand/v2")
func TestZZ(t *testing.T){
 values, rule := districts(300,66,1,.02)
 before,_:=Protect(values,rule); rule.Published=before
 r:=rand.New(rand.NewPCG(1,1)); for k:=range values { if r.Float64()<.01 {values[k].Numerator+=3}}
 a:=time.Now(); _,log:=Protect(values,rule); t.Log("published",time.Since(a), len(log))
}
