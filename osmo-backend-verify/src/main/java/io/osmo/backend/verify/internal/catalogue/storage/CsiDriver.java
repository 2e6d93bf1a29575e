// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ST-2: the driver of the default class is installed, its controller runs, and every node has it. */
public final class CsiDriver extends AbstractCheck {
    private static final String CONTROLLER = "ebs-csi-controller";

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
                evidence.snapshot().storage().storageClasses(),
                classes -> given(
                        evidence.snapshot().storage().csiDrivers(),
                        drivers -> given(
                                evidence.snapshot().storage().csiNodes(),
                                csiNodes -> given(evidence.nodes(), nodes -> {
                                    Optional<String> driver =
                                            Drivers.defaultClass(classes).map(Drivers::of);
                                    if (driver.isEmpty()) {
                                        return skipped("no default StorageClass");
                                    }
                                    Set<String> registered = csiNodes.stream()
                                            .filter(c -> c.drivers().contains(driver.get()))
                                            .map(CsiNodeFacts::node)
                                            .collect(Collectors.toSet());
                                    if (!drivers.contains(driver.get())) {
                                        return absent(driver.get());
                                    }
                                    return given(
                                            evidence.snapshot().core().deployments(),
                                            deployments -> driver.get().equals(Drivers.EBS) && !controlled(deployments)
                                                    ? breach(
                                                            "no pod of " + CONTROLLER + " is ready",
                                                            "kubectl -n kube-system describe deployment " + CONTROLLER)
                                                    : each(
                                                            nodes.stream()
                                                                    .filter(NodeFacts::ready)
                                                                    .toList(),
                                                            "ready nodes",
                                                            n -> registered.contains(n.name()),
                                                            n -> driver.get() + " is not registered",
                                                            "Let the driver's DaemonSet tolerate the taints of the pool."));
                                }))));
    }

    private Finding absent(String driver) {
        return Drivers.csi(driver)
                ? breach("no CSIDriver " + driver, Drivers.installation(driver))
                : Finding.of(
                        this,
                        Status.UNKNOWN,
                        "no CSIDriver " + driver + "; whether it makes volumes by other means cannot be seen",
                        "Run the probe storage.pvc-probe.");
    }

    /** Whether the controller of Amazon's driver runs; GKE, AKS and the Auto Mode of EKS run theirs elsewhere. */
    private static boolean controlled(List<WorkloadFacts> deployments) {
        return deployments.stream().anyMatch(d -> d.name().equals(CONTROLLER) && d.ready() > 0);
    }
}
