// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.CSINodeBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.tests.services.KubeApiServer;
import java.util.List;
import java.util.Map;

/** A real kube-apiserver with the objects of a good cluster, and what tests add to them. */
final class GoodCluster implements AutoCloseable {
    static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    static final String PASSWORD = "a-password-that-must-not-leak";

    final KubernetesClient admin;

    GoodCluster(KubeApiServer server) {
        admin = KubernetesClients.fromKubeconfig(server.kubeconfig());
        server.nodes(
                2,
                "--node-type",
                "operator",
                "--taint",
                "ops=true:NoSchedule",
                "--instance-type",
                "m5.xlarge",
                "--cpu",
                "4",
                "--memory",
                "16384");
        server.nodes(6, "--pool", "cpu");
        server.nodes(1, "--gpu");
        namespace("osmo-operator");
        namespace("osmo-workflows");
        deployment("kube-system", "cluster-autoscaler", "registry.example.com/c:1");
        deployment("kube-system", "ebs-csi-controller", "registry.example.com/c:1");
        storageClass("gp3", "true");
        admin.resource(new CSIDriverBuilder()
                        .withNewMetadata()
                        .withName("ebs.csi.aws.com")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create();
        csiNodes();
        token(TOKEN);
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("registry")
                        .withNamespace("osmo-workflows")
                        .endMetadata()
                        .withType("kubernetes.io/dockerconfigjson")
                        .addToStringData(
                                ".dockerconfigjson",
                                "{\"auths\":{\"registry.example.com\":{\"username\":\"u\",\"password\":\"" + PASSWORD
                                        + "\"}}}")
                        .build())
                .create();
        Map.of("osmo-high", 125, "osmo-normal", 100, "osmo-low", 50)
                .forEach((name, value) -> admin.resource(new PriorityClassBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withValue(value)
                                .build())
                        .create());
    }

    @Override
    public void close() {
        admin.close();
    }

    /** A user without any rights may list these resources from now on. */
    void letStrangerList(String role, List<String> groups, List<String> resources) {
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(groups)
                        .withResources(resources)
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", "stranger", null)
                        .build())
                .create();
    }

    private void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    void token(String value) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("osmo-backend-token-default")
                        .withNamespace("osmo-operator")
                        .endMetadata()
                        .addToStringData("token", value)
                        .build())
                .serverSideApply();
    }

    void storageClass(String name, String isDefault) {
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", isDefault)
                        .endMetadata()
                        .withProvisioner("ebs.csi.aws.com")
                        .addToParameters("encrypted", "true")
                        .withAllowVolumeExpansion(true)
                        .withReclaimPolicy("Delete")
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .build())
                .create();
    }

    private void csiNode(String node) {
        admin.resource(new CSINodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .withNewSpec()
                        .addNewDriver()
                        .withName("ebs.csi.aws.com")
                        .withNodeID(node)
                        .endDriver()
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    void deployment(String namespace, String name, String image) {
        admin.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        admin.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(d -> new DeploymentBuilder(d)
                        .withNewStatus()
                        .withReplicas(1)
                        .withReadyReplicas(1)
                        .endStatus()
                        .build());
    }

    /** Each node has the driver of volumes that a good cluster has. */
    void csiNodes() {
        admin.nodes().list().getItems().forEach(n -> csiNode(n.getMetadata().getName()));
    }
}
