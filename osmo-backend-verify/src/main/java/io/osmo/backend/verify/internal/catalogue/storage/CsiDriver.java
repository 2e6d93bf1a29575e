// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ST-2: the driver of the default class is installed, its controller runs, and every node has it. */
public final class CsiDriver extends AbstractCheck {

    public CsiDriver() {
        super(
                "storage.csi-driver",
                "the default class's driver installed and registered on every node",
                Requirement.ST_2,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().storageClasses(),
                classes -> given(
                        evidence.snapshot().csiDrivers(),
                        drivers -> given(
                                evidence.snapshot().csiNodes(),
                                csiNodes -> given(evidence.nodes(), nodes -> {
                                    Optional<String> driver =
                                            Drivers.defaultClass(classes).map(StorageClassFacts::provisioner);
                                    if (driver.isEmpty()) {
                                        return skipped("no default StorageClass");
                                    }
                                    if (!drivers.contains(driver.get())) {
                                        return breach(
                                                "no CSIDriver " + driver.get(),
                                                "Install the driver (EKS: add-on aws-ebs-csi-driver).");
                                    }
                                    Set<String> registered = csiNodes.stream()
                                            .filter(c -> c.drivers().contains(driver.get()))
                                            .map(CsiNodeFacts::node)
                                            .collect(Collectors.toSet());
                                    return given(
                                            evidence.snapshot().deployments(),
                                            deployments -> controller(deployments)
                                                    .map(d -> breach(
                                                            d + " has no ready pod",
                                                            "kubectl -n " + d.namespace() + " describe deployment "
                                                                    + d.name()))
                                                    .orElseGet(
                                                            () -> each(
                                                                    nodes.stream()
                                                                            .filter(NodeFacts::ready)
                                                                            .toList(),
                                                                    "ready nodes",
                                                                    n -> registered.contains(n.name()),
                                                                    n -> driver.get() + " is not registered",
                                                                    "Let the driver's DaemonSet tolerate the taints of the pool.")));
                                }))));
    }

    /** The driver's controller, if it runs in this cluster and is not ready; GKE and AKS run theirs elsewhere. */
    private static Optional<WorkloadFacts> controller(List<WorkloadFacts> deployments) {
        return deployments.stream()
                .filter(d -> d.name().equals("ebs-csi-controller") && d.ready() == 0)
                .findFirst();
    }
}
