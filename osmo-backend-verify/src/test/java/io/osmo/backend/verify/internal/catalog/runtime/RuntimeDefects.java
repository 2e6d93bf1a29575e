// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.List;
import java.util.Map;

/** One defect for each check of container runtimes that needs no probe. */
public final class RuntimeDefects {
    public static final List<Defect> ALL = List.of(
            defect("runtime.containerd", FAIL, c -> c.node("cpu-0", n -> n.runtime = "cri-o://1.30.0"), "nodes"),
            defect(
                    "runtime.containerd-version",
                    FAIL,
                    c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.26"),
                    "nodes"),
            defect(
                    "runtime.containerd-cve",
                    WARN,
                    c -> c.node("cpu-0", n -> n.runtime = "containerd://2.0.3"),
                    "nodes"),
            defect("runtime.os-image", WARN, c -> c.node("cpu-0", n -> n.osImage = "Amazon Linux 2"), "nodes"),
            defect("runtime.arch", FAIL, c -> c.node("cpu-0", n -> n.architecture = "s390x"), "nodes"),
            defect(
                    "runtime.containerd2-gpu",
                    WARN,
                    c -> c.daemonSets.set(
                            1,
                            KubeObjects.installed(
                                    "gpu-operator", "nvidia-container-toolkit-daemonset", "x:v1", Map.of(), "")),
                    "daemonSets"));

    private RuntimeDefects() {}
}
