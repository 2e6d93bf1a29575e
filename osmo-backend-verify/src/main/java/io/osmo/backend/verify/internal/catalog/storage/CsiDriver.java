// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.StorageDriver;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ST-2: the driver of the default class is installed, its controller runs, and it is registered on every node. */
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
                                            deployments -> CloudServices.driver(driver.get())
                                                    .flatMap(StorageDriver::controller)
                                                    .filter(controller -> !isReady(deployments, controller))
                                                    .map(controller -> breach(
                                                            "no pod of " + controller + " is ready",
                                                            "kubectl -n kube-system describe deployment " + controller))
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

    private Finding absent(String driver) {
        return Drivers.isCsi(driver)
                ? breach("no CSIDriver " + driver, Drivers.installation(driver))
                : Finding.of(
                        this,
                        Status.UNKNOWN,
                        "no CSIDriver " + driver + "; whether it can provision volumes is unknown",
                        "Run the probe storage.pvc-probe.");
    }

    private static boolean isReady(List<WorkloadFacts> deployments, String name) {
        return deployments.stream().anyMatch(d -> d.name().equals(name) && d.ready() > 0);
    }
}
