// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.ApiServiceFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One defect for each check of the control plane that needs no probe. */
public final class ControlPlaneDefects {
    public static final List<Defect> ALL = List.of(
            defect(
                    "control-plane.managed-service",
                    FAIL,
                    c -> c.node("cpu-0", n -> n.providerId = "kind://docker/x"),
                    "nodes"),
            defect("control-plane.status-active", FAIL, c -> c.healthy = false, "controlPlane"),
            defect(
                    "control-plane.version-min",
                    FAIL,
                    c -> c.version = "v1.29.9-eks-1",
                    Map.of("control-plane.kubelet-skew", WARN),
                    "version"),
            defect(
                    "control-plane.version-supported",
                    WARN,
                    c -> c.supportUntil = LocalDate.parse("2026-11-23"),
                    "supportUntil"),
            defect("control-plane.kubelet-skew", WARN, c -> c.node("cpu-1", n -> n.kubelet = "v1.31.9-eks-1"), "nodes"),
            defect("control-plane.high-availability", WARN, c -> c.highlyAvailable = false, "cloud"),
            defect("control-plane.subnet-az-spread", WARN, c -> c.subnetZones = List.of("us-west-2a"), "network"),
            defect("control-plane.etcd-encryption", FAIL, c -> c.secretsKey = Optional.empty(), "secretsKey"),
            defect(
                    "control-plane.service-cidr-overlap",
                    FAIL,
                    c -> c.serviceCidr = Optional.of("10.0.128.0/20"),
                    "network"),
            defect(
                    "control-plane.api-services",
                    WARN,
                    c -> c.unavailableApis.add(new ApiServiceFacts(
                            "v1beta1.metrics.k8s.io", "kube-system/metrics-server", "FailedDiscoveryCheck")),
                    "unavailableApis"),
            defect("control-plane.version-pin", WARN, c -> c.pinnedVersion = Optional.of("1.33.11"), "controlPlane"),
            defect("control-plane.name-length", WARN, c -> c.clusterName = "Train_West", "controlPlane"),
            defect(
                    "control-plane.identity-uid",
                    FAIL,
                    c -> c.namespaces.set(0, KubeObjects.namespace("kube-system", "", "Active")),
                    Map.of("osmo.backend-uid", UNKNOWN),
                    "namespaces"),
            defect(
                    "control-plane.version-validated",
                    WARN,
                    Clusters::goodAks,
                    c -> c.node("gpu-0", n -> n.kubelet = "v1.34.2"),
                    Map.of("control-plane.kubelet-skew", WARN),
                    "nodes"),
            defect(
                    "control-plane.autopilot",
                    WARN,
                    c -> c.node("cpu-0", n -> n.labels.put("eks.amazonaws.com/compute-type", "auto")),
                    "nodes"),
            defect("control-plane.endpoint-reachable", FAIL, c -> c.notReady.add("etcd"), "notReady"),
            defect(
                    "control-plane.credentials-admin",
                    FAIL,
                    Clusters::bareEks,
                    c -> c.ownRights.set(1, KubeObjects.right("", "create", "clusterroles", false)),
                    Map.of(),
                    "ownRights"));

    private ControlPlaneDefects() {}
}
