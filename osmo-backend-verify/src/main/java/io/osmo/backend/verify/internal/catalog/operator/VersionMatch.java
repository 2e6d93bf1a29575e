// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.Optional;
import java.util.function.Function;
import org.semver4j.Semver;

/** Neither side compares, and the service cuts off a newer operator whose messages have a field that it does not know. */
public final class VersionMatch extends OsmoCheck {
    public VersionMatch() {
        super(
                "operator.version-match",
                "OSMO's operator of the same release as the OSMO service",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return given(
                OsmoOperator.of(evidence),
                deployments -> deployments.isEmpty()
                        ? skipped("OSMO's operator is not installed yet")
                        : given(
                                osmo.version(),
                                version -> each(
                                        deployments,
                                        "deployments of the operator",
                                        d -> isOf(version, release(osmo, d)),
                                        d -> "the operator is " + release(osmo, d) + ", the OSMO service " + version,
                                        "Install the operator with the image tag " + version + ".")));
    }

    private static boolean isOf(String version, String tag) {
        Optional<Semver> operator =
                Versions.parse(tag).map(v -> Semver.create(v.getMajor(), v.getMinor(), v.getPatch()));
        return operator.isPresent() && operator.equals(Versions.parse(version));
    }

    /** By the tag of its image; where that names no release, what it said when it connected. */
    private static String release(OsmoFacts osmo, WorkloadFacts deployment) {
        String tag = OsmoOperator.main(deployment).tag();
        return Versions.parse(tag).isPresent()
                ? tag
                : osmo.registration()
                        .known()
                        .flatMap(Function.identity())
                        .filter(OsmoFacts.Registration::bound)
                        .map(OsmoFacts.Registration::version)
                        .orElse(tag.isEmpty() ? "of an unknown release" : tag);
    }
}
