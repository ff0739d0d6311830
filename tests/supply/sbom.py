"""sbom.py SOURCES OUT: the bill of materials of the released program, in CycloneDX 1.6, and whether it is whole.

What is linked has the scope `required`, what only runs in the build (and never reaches anybody) `excluded`. Same sources and compilers,
same bytes: the only time in it is SOURCE_DATE_EPOCH, and its number is made from what it lists.
"""

import hashlib
import json
import os
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

import carried

# What of the sources is inside the binary, beside code.
OWN = {
    "themes/default": "the default theme: templates, style sheets, scripts, labels",
    "content": "the sample site that `init` lays down",
    "src/explain/codes": "what each diagnostic means",
}


def component(package):
    scope = ComponentScope.REQUIRED if package.is_linked else ComponentScope.EXCLUDED
    made = Component(
        type=ComponentType.LIBRARY, name=package.name, version=package.version, scope=scope, bom_ref=package.purl,
        purl=PackageURL.from_string(package.purl), licenses=[LicenseExpression(package.licence)] if package.licence else [],
    )
    if package.checksum:
        made.hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=package.checksum))
    if package.repository:
        made.external_references.add(ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(package.repository)))
    return made


def part(it):
    type = ComponentType.DATA if it.what.endswith("data") else ComponentType.LIBRARY
    return Component(
        type=type, name=it.name, version=it.version, description=it.what, scope=ComponentScope.REQUIRED, bom_ref=it.purl,
        purl=PackageURL.from_string(it.purl), licenses=[LicenseExpression(it.licence)],
    )


def digest(folder):
    """The SHA-256 of a folder's files: their names and bytes, in order."""
    sum = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        sum.update(f"{path.relative_to(folder)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return sum.hexdigest()


def program(root, sources):
    made = Component(
        type=ComponentType.APPLICATION, name=root.name, version=root.version, bom_ref=root.purl, purl=PackageURL.from_string(root.purl),
        licenses=[LicenseExpression(root.licence)],
    )
    for folder, what in OWN.items():
        made.components.add(Component(
            type=ComponentType.DATA, name=folder, version=root.version, description=what, bom_ref=f"{root.purl}#{folder}",
            licenses=[LicenseExpression(root.licence)], hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest(sources / folder))],
        ))
    return made


def bill(root, others, parts, sources):
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), timezone.utc)
    components = {it.purl: component(it) for it in others} | {it.purl: part(it) for it in parts}
    number = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join([root.purl, str(moment), *sorted(components)]))
    own = program(root, sources)
    bom = Bom(serial_number=number, metadata=BomMetaData(component=own, timestamp=moment), components=components.values())
    by_key = {(it.name, it.version): components[it.purl] for it in others}
    holders = {it.name: components[it.purl] for it in others}
    for it in others:
        bom.register_dependency(by_key[it.name, it.version], [by_key[need] for need in it.needs])
    for it in parts:
        bom.register_dependency(holders[it.inside] if it.inside else own, [components[it.purl]])
    bom.register_dependency(own, [by_key[need] for need in root.needs])
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def faults(text, others, parts):
    """What is wrong with a bill: its form, or what it leaves out."""
    refused = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    wrong = [f"not CycloneDX 1.6: {refused}"] if refused else []
    listed = {it["purl"]: it for it in json.loads(text)["components"]}
    for it in [*others, *parts]:
        entry = listed.get(it.purl)
        if not entry:
            wrong.append(f"{it.purl} is not listed")
        elif not entry.get("licenses"):
            wrong.append(f"{it.purl} has no licence")
        elif getattr(it, "checksum", None) and entry.get("hashes", [{}])[0].get("content") != it.checksum:
            wrong.append(f"{it.purl} has not the checksum of the lock file")
    return wrong


def main():
    sources, out = Path(sys.argv[1]), Path(sys.argv[2])
    root, others = carried.packages(sources)
    parts = carried.parts(others)
    text = bill(root, others, parts, sources)
    wrong = faults(text, others, parts)
    if bill(root, others, parts, sources) != text:
        wrong.append("written twice, it is not the same")
    out.write_text(text)
    linked = sum(it.is_linked for it in others)
    print(f"{linked} packages linked, {len(others) - linked} that only build, {len(parts)} parts that are no packages")
    print(f"TABLE\tpackages and parts in the bill of materials\t{len(others) + len(parts)}\t{len(others) + len(parts) - len(wrong)}")
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
