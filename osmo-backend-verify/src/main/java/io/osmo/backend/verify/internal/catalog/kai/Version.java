// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** OSMO needs 0.12 for topologies and is tested up to 0.14. */
public final class Version extends KaiCheck {
    private static final Semver LEAST = Semver.create(0, 12, 0);
    private static final Semver RECOMMENDED = Semver.create(0, 14, 0);
    private static final Semver UNTESTED = Semver.create(0, 15, 0);

    public Version() {
        super("kai.version", "KAI 0.12 or newer, 0.14 where the cloud edits webhooks", Severity.WARNING);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(Kai.version(evidence), version -> {
            if (version.isEmpty()) {
                return skipped("no image of KAI has a version as its tag");
            }
            Optional<CloudService> editor = editor(evidence);
            if (version.get().isLowerThan(RECOMMENDED) && editor.isPresent()) {
                return breach(
                        version.get() + ", which overwrites its webhooks again and again on "
                                + editor.get().name(),
                        "Upgrade KAI to 0.14.");
            }
            return version.get().isGreaterThanOrEqualTo(LEAST)
                    ? pass(version.get() + remark(version.get()))
                    : breach(version.get().toString(), "Upgrade KAI to 0.14.");
        });
    }

    /** KAI before 0.14 removes what such a service adds to its webhooks (kai-scheduler/KAI-Scheduler#1292). */
    private static Optional<CloudService> editor(Evidence evidence) {
        return evidence.nodes().known().orElse(List.of()).stream()
                .flatMap(n -> CloudServices.hosting(n).stream())
                .filter(CloudService::editsWebhooks)
                .findFirst();
    }

    private static String remark(Semver version) {
        if (version.isLowerThan(RECOMMENDED)) {
            return ", 0.14 is recommended";
        }
        return version.isGreaterThanOrEqualTo(UNTESTED) ? ", newer than the versions OSMO was tested with" : "";
    }
}
