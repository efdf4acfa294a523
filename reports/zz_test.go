package reports
import ("testing";"os")
func TestWriteAll(t *testing.T){
 for name,r:=range map[string]*Report{"out":exampleReport(),"hostile":hostileReport()}{
 for _,f:=range []*Format{HTML,Text,JSON,CSV,XLSX}{
  w,_:=os.Create("/tmp/"+name+f.Ext)
  if err:=f.Write(w,r);err!=nil{t.Fatal(f.Name, err)}
  w.Close()
 }}
}
