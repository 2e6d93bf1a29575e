// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.internal.SystemObjects;
import java.util.List;
import software.amazon.awssdk.services.eks.model.*;

/** The objects that add-ons put into a cluster, with the names of the real ones. */
final class AddonObjects {
    private static final SystemObjects OBJECTS = new SystemObjects("registry.invalid/eks", 2);

    private AddonObjects() {}

    static void install(EmulatedCluster cluster, String addon) {
        switch (addon) {
            case "vpc-cni" -> cluster.put(OBJECTS.daemonSet("aws-node"));
            case "kube-proxy" -> cluster.put(OBJECTS.daemonSet("kube-proxy"));
            case "eks-pod-identity-agent" -> cluster.put(OBJECTS.daemonSet("eks-pod-identity-agent"));
            case "eks-node-monitoring-agent" -> cluster.put(OBJECTS.daemonSet("eks-node-monitoring-agent"));
            case "coredns" -> cluster.put(OBJECTS.deployment("kube-system", "coredns"));
            case "metrics-server" -> {
                cluster.put(OBJECTS.deployment("kube-system", "metrics-server"));
                cluster.put(SystemObjects.metricsApi());
            }
            case "aws-ebs-csi-driver" -> {
                cluster.put(OBJECTS.deployment("kube-system", "ebs-csi-controller"));
                cluster.put(OBJECTS.daemonSet("ebs-csi-node"));
                cluster.put(SystemObjects.csiDriver("ebs.csi.aws.com", true, false));
                cluster.drivers(List.of("ebs.csi.aws.com"));
            }
            case "snapshot-controller" -> cluster.put(OBJECTS.deployment("kube-system", "snapshot-controller"));
            default -> throw new IllegalStateException("no objects known for add-on " + addon);
        }
    }

    static void uninstall(EmulatedCluster cluster, String addon) {
        switch (addon) {
            case "vpc-cni" -> cluster.remove("DaemonSet", "kube-system", "aws-node");
            case "kube-proxy", "eks-pod-identity-agent", "eks-node-monitoring-agent" ->
                cluster.remove("DaemonSet", "kube-system", addon);
            case "metrics-server" -> {
                cluster.remove("Deployment", "kube-system", addon);
                cluster.remove("APIService", "", "v1beta1.metrics.k8s.io");
            }
            case "aws-ebs-csi-driver" -> {
                cluster.remove("Deployment", "kube-system", "ebs-csi-controller");
                cluster.remove("DaemonSet", "kube-system", "ebs-csi-node");
                cluster.remove("CSIDriver", "", "ebs.csi.aws.com");
                cluster.drivers(List.of());
            }
            default -> cluster.remove("Deployment", "kube-system", addon);
        }
    }
}
