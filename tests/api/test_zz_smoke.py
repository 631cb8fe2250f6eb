import json
import pytest
from tests.api.conftest import *
from twinhall.evidence.models import Source
from twinhall.networks.models import Membership
pytestmark = pytest.mark.usefixtures("register")
def test_smoke(ask, client):
    s=Source.objects.get(key="valga-city-twins-association").pk
    m=Membership.objects.earliest("pk").pk
    bad=[]
    for a in ["", "parties/", "parties/?q=val&order=-ties","parties/valmiera/", "partnerships/?limit=2","partnerships/solna-valmiera/", "networks/", "networks/city-twins-association/", "networks/city-twins-association/memberships/", "memberships/?country=LV", f"memberships/{m}/", "projects/","projects/cities-of-change/","sources/",f"sources/{s}/",f"sources/{s}/statements/?limit=3","disagreements/?limit=3","search/?q=valga","openapi.json","docs"]:
        r=client.get("/api/v1/"+a)
        print(a, r.status_code, len(r.content), dict(r.headers) if a=="" else "")
        if r.status_code!=200: bad.append(a); print(r.content.decode()[:600])
        elif a in ("parties/valmiera/",) or "limit" in a: print(json.dumps(r.json(),indent=1,ensure_ascii=False)[:2500])
    for a in ["nothing/","parties","parties/nobody/","parties/?x=1","partnerships/?as_of=yesterday&decade=1991&country=ZZ","parties/?cursor=abc","parties/?limit=0", "parties/?network=no","parties/?country=LV&country=EE"]:
        r=client.get("/api/v1/"+a); print(a, r.status_code, r.headers.get("Location"), r.content.decode()[:500])
    assert not bad
