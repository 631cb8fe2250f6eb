import pytest, json
from pathlib import Path
from django.db import transaction
from django.urls import resolve
from tests.desk.hall import *
from tests.desk.rights import Row
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register","_today")]
ADDR=Path("/tmp/addresses.txt").read_text().split("# allauth\n")[0].splitlines()
def word(v, method, where, before):
    import copy
    cookies = copy.deepcopy(v.client.cookies)
    with transaction.atomic():
        a = getattr(v, method)(where)
        if a.streaming: b"".join(a.streaming_content)
        now = contents(); changed = now!=before
        transaction.set_rollback(True)
    v.client.cookies = cookies
    st=a.status_code
    loc=a.headers.get("Location","")
    w={200:"sees",403:"not open",404:"not there",405:"–",422:"does"}.get(st,str(st))
    if st in (301,302):
        if loc.startswith("/en/account/login/"): w="signs in first"
        elif loc.startswith("/en/account/reauth"): w="confirms first"
        elif changed: w="does at once"
        else: w="is led on>"+loc
    if changed and w!="does at once": w+="!!CHANGED"+str([t for t,r in now.items() if before[t]!=r])
    return w
def test_probe(settings):
    settings.PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    everybody={k:v for k,v in people().items()}; rec=records(everybody["officer"])
    vis={n:Visitor.who_is(u) for n,u in everybody.items()}
    before=contents()
    out=[]
    for line in ADDR:
        if line.startswith("#"): out.append(line); continue
        where=Row("",line,{}).filled(rec)
        m=resolve(where)
        cells=[]
        for who,v in vis.items():
            g,p=word(v,"get",where,before),word(v,"post",where,before)
            f=v.forge(where).status_code
            c = g if g==p else f"{g}, {p}"
            if f!=403: c+=f" FORGE{f}"
            cells.append(c)
        out.append(f"| {m.view_name} | `{line}` | "+" | ".join(cells)+" |")
    Path("/tmp/probe1.md").write_text("\n".join(out))
