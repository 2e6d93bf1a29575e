// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.autoscaler;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.addon.AddonConcern;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.Upgrades;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cluster Autoscaler (CN-2, OP-3). It finds the groups of its cluster by their tags, and runs on the operator pool, which never
 * scales to zero.
 *
 * @see <a href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md">Cluster
 *     Autoscaler on AWS</a>
 */
public final class ClusterAutoscaler {
    private static final String APP = "app.kubernetes.io/name";
    /** The user {@code nobody}. */
    static final long NOBODY = 65534;

    private static final int METRICS = 8085;

    private ClusterAutoscaler() {}

    /** None when the settings ask for none, or when it would have no permissions or find no groups. */
    public static List<Resource<?>> wanted(
            ClusterSide side, AwsContext context, BackendSpec spec, Inventory inventory) {
        if (context.settings().autoscaler() == Autoscaler.NONE
                || !context.offers(EksFeature.POD_IDENTITY)
                || !context.offers(EksFeature.AUTO_SCALING_GROUPS)) {
            return List.of();
        }
        Set<ResourceId> cluster = Set.of(Ids.CLUSTER);
        if (context.settings().autoscaler() == Autoscaler.CHART) {
            return List.copyOf(side.manifests(spec.ref(), List.of(AutoscalerAccess.account()), cluster));
        }
        List<Resource<?>> wanted = new ArrayList<>(side.manifests(spec.ref(), AutoscalerAccess.objects(), cluster));
        Set<ResourceId> before = new HashSet<>(cluster);
        wanted.forEach(access -> before.add(access.id()));
        before.add(Upgrades.done(context, spec, inventory));
        before.addAll(AddonConcern.beforeAutoscaler(context, spec, inventory));
        wanted.addAll(side.manifests(
                spec.ref(),
                List.<HasMetadata>of(deployment(spec, context.region(), ClusterConcern.version(spec, inventory))),
                before));
        return wanted;
    }

    /** Local storage does not keep a node alive: all of OSMO's workflows have some. */
    static Deployment deployment(BackendSpec spec, String region, KubernetesVersion kubernetes) {
        Map<String, String> labels = Map.of(APP, AutoscalerAccess.NAME);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(AutoscalerAccess.NAME)
                .withNamespace(AutoscalerAccess.NAMESPACE)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(AutoscalerAccess.NAME)
                .withPriorityClassName("system-cluster-critical")
                .withNodeSelector(spec.operatorPool().map(NodePool::labels).orElse(Map.of()))
                .withTolerations(tolerations(spec))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withFsGroup(NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(spec.name(), region, kubernetes))
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static List<Toleration> tolerations(BackendSpec spec) {
        List<Taint> taints = spec.operatorPool().map(NodePool::taints).orElse(List.of());
        return taints.stream()
                .map(taint -> new TolerationBuilder()
                        .withKey(taint.key())
                        .withOperator("Exists")
                        .withEffect(taint.effect().kubernetes())
                        .build())
                .toList();
    }

    private static Container container(String cluster, String region, KubernetesVersion kubernetes) {
        Map<String, Quantity> resources = Map.of("cpu", new Quantity("100m"), "memory", new Quantity("600Mi"));
        return new ContainerBuilder()
                .withName(AutoscalerAccess.NAME)
                .withImage(AutoscalerImage.of(kubernetes))
                .withCommand(
                        "./cluster-autoscaler",
                        "--v=4",
                        "--stderrthreshold=info",
                        "--cloud-provider=aws",
                        "--expander=least-waste",
                        "--balance-similar-node-groups",
                        "--skip-nodes-with-local-storage=false",
                        "--skip-nodes-with-system-pods=false",
                        "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,"
                                + "k8s.io/cluster-autoscaler/" + cluster)
                .addNewEnv()
                .withName("AWS_REGION")
                .withValue(region)
                .endEnv()
                .addNewPort()
                .withName("http")
                .withContainerPort(METRICS)
                .withProtocol("TCP")
                .endPort()
                .withNewLivenessProbe()
                .withNewHttpGet()
                .withPath("/health-check")
                .withNewPort(METRICS)
                .endHttpGet()
                .endLivenessProbe()
                .withNewResources()
                .withRequests(resources)
                .withLimits(Map.of("memory", new Quantity("600Mi")))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }
}
