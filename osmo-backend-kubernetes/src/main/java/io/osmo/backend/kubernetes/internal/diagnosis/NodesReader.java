// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.diagnosis;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.spi.provider.ClusterNodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the nodes of a cluster, and the certificates that their kubelets wait for, and warnings about nodes. Three calls. */
public final class NodesReader {
    private static final String SERVING = "kubernetes.io/kubelet-serving";
    private static final String CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";

    private NodesReader() {}

    public static ClusterNodes read(KubernetesClient client) {
        List<ClusterNodes.Node> nodes = KubernetesCalls.list(
                        "list Nodes", () -> client.nodes().list())
                .stream()
                .map(NodesReader::node)
                .toList();
        return new ClusterNodes(nodes, held(client), events(client));
    }

    /** What kubelets ask for; who may read nodes may not be allowed to read requests. */
    private static Fact<List<ClusterNodes.HeldCertificate>> held(KubernetesClient client) {
        try {
            return Fact.of(KubernetesCalls.list(
                            "list CertificateSigningRequests",
                            () -> client.certificates()
                                    .v1()
                                    .certificateSigningRequests()
                                    .list())
                    .stream()
                    .filter(NodesReader::isHeld)
                    .map(request -> new ClusterNodes.HeldCertificate(
                            request.getMetadata().getName(),
                            request.getSpec().getSignerName(),
                            request.getSpec().getUsername()))
                    .toList());
        } catch (CloudException refused) {
            return Fact.unknown(refused.getMessage(), refused.remedy());
        }
    }

    /** Events about nodes are in the namespace {@code default}. */
    private static Fact<List<ClusterNodes.NodeEvent>> events(KubernetesClient client) {
        try {
            return Fact.of(
                    KubernetesCalls.list(
                                    "list Events in default",
                                    () -> client.v1()
                                            .events()
                                            .inNamespace("default")
                                            .list())
                            .stream()
                            .filter(event -> "Warning".equals(event.getType())
                                    && event.getInvolvedObject() != null
                                    && "Node".equals(event.getInvolvedObject().getKind()))
                            .map(event -> new ClusterNodes.NodeEvent(
                                    text(event.getInvolvedObject().getName()),
                                    text(event.getReason()),
                                    text(event.getMessage())))
                            .toList());
        } catch (CloudException refused) {
            return Fact.unknown(refused.getMessage(), refused.remedy());
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static ClusterNodes.Node node(Node node) {
        Optional<NodeCondition> ready = node.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst();
        boolean isReady = ready.filter(c -> c.getStatus().equals("True")).isPresent();
        Map<String, String> labels = node.getMetadata().getLabels();
        return new ClusterNodes.Node(
                node.getMetadata().getName(),
                labels == null ? Map.of() : Map.copyOf(labels),
                isReady,
                isReady ? "" : ready.map(NodesReader::words).orElse("it has not reported yet"));
    }

    private static String words(NodeCondition condition) {
        String message = condition.getMessage();
        return condition.getReason() + (message == null || message.isEmpty() ? "" : ": " + message);
    }

    private static boolean isHeld(CertificateSigningRequest request) {
        String signer = request.getSpec().getSignerName();
        boolean open = request.getStatus() == null
                || request.getStatus().getConditions() == null
                || request.getStatus().getConditions().isEmpty();
        return open && (SERVING.equals(signer) || CLIENT.equals(signer));
    }
}
