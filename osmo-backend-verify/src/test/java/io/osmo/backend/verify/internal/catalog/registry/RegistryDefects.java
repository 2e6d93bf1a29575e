// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.List;

/** One defect for each check of registries that needs no probe. */
public final class RegistryDefects {
    public static final List<Defect> ALL = List.of(
            defect("registry.pull-secret", FAIL, c -> c.secrets.remove(1), "secrets"),
            defect(
                    "registry.pull-secret-attached",
                    WARN,
                    c -> c.change(
                            "osmo-osmo-backend-worker", d -> KubeObjects.with(d, KubeObjects.without(d, false, true))),
                    "deployments"),
            defect(
                    "registry.tag-pinned",
                    WARN,
                    c -> c.image("osmo-osmo-backend-worker", "registry.example.com/osmo/backend-worker:latest"),
                    "deployments"));

    private RegistryDefects() {}
}
