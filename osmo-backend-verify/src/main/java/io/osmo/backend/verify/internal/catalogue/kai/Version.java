// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.stack.Kai;
import io.osmo.backend.verify.internal.catalogue.stack.KaiCheck;
import java.util.List;
import org.semver4j.Semver;

/** OSMO needs 0.12 for topologies and is tested up to 0.14. */
public final class Version extends KaiCheck {
    private static final Semver LEAST = Semver.create(0, 12, 0);
    private static final Semver RECOMMENDED = Semver.create(0, 14, 0);
    private static final Semver UNTESTED = Semver.create(0, 15, 0);

    public Version() {
        super("kai.version", "KAI 0.12 or newer, 0.14 on AKS", Severity.WARNING);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(Kai.version(evidence), version -> {
            if (version.isEmpty()) {
                return skipped("no image of KAI has the tag of a version");
            }
            if (version.get().isLowerThan(RECOMMENDED) && onAks(evidence)) {
                return breach(
                        version.get() + ", which writes its webhooks over and over on AKS", "Upgrade KAI to 0.14.");
            }
            return version.get().isGreaterThanOrEqualTo(LEAST)
                    ? pass(version.get() + remark(version.get()))
                    : breach(version.get().toString(), "Upgrade KAI to 0.14.");
        });
    }

    /** There the cloud adds to webhooks what KAI before 0.14 takes away again (kai-scheduler/KAI-Scheduler#1292). */
    private static boolean onAks(Evidence evidence) {
        return evidence.nodes().known().orElse(List.of()).stream()
                .anyMatch(n -> n.providerId().startsWith("azure://"));
    }

    private static String remark(Semver version) {
        if (version.isLowerThan(RECOMMENDED)) {
            return ", 0.14 is recommended";
        }
        return version.isGreaterThanOrEqualTo(UNTESTED) ? ", newer than OSMO was tested with" : "";
    }
}
