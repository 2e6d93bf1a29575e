// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.tests.services.KubeApiServer;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a real kube-apiserver writes in protobuf is what it writes in JSON, by the numbers of fields that {@link Kinds} gives. It is in
 * this package to see the encodings.
 */
class EncodingKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.own();

    private static final String NODE = """
            {"metadata":{"name":"extra","labels":{"a":"b","empty":""}},"spec":{"providerID":"aws:///z/i-1","unschedulable":true,
             "podCIDR":"10.1.0.0/24","podCIDRs":["10.1.0.0/24"],
             "taints":[{"key":"k","value":"v","effect":"NoSchedule"},{"key":"x","effect":"NoExecute"}]},
             "status":{"capacity":{"cpu":"4","memory":"16074012Ki"},"allocatable":{"cpu":"3920m","nvidia.com/gpu":"8"},
              "conditions":[{"type":"Ready","status":"True","reason":"r"},{"type":"DiskPressure","status":"Unknown"}],
              "addresses":[{"type":"InternalIP","address":"10.0.0.9"},{"type":"Hostname","address":"h"}],
              "nodeInfo":{"machineID":"","systemUUID":"","bootID":"","kernelVersion":"6","osImage":"an image",
               "containerRuntimeVersion":"containerd://2.2.4","kubeletVersion":"v1.35.1","kubeProxyVersion":"",
               "operatingSystem":"linux","architecture":"arm64"}}}""";
    private static final String POD = """
            {"metadata":{"name":"backend-worker-0","namespace":"osmo-operator","labels":{"a":"b"},
              "ownerReferences":[{"apiVersion":"v1","kind":"Other","name":"o","uid":"1"},
               {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"r","uid":"2","controller":true}]},
             "spec":{"nodeName":"extra","initContainers":[{"name":"i","image":"i","resources":{"requests":{"cpu":"9"}}}],
              "containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"250m","memory":"1Gi","ephemeral-storage":"2G"},
               "limits":{"cpu":"1","memory":"2Gi"}}},{"name":"d","image":"i"}]},
             "status":{"phase":"Pending",
              "conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3 nodes"}],
              "containerStatuses":[
               {"name":"c","ready":false,"restartCount":7,"image":"i","imageID":"","state":{"waiting":{"reason":"CrashLoopBackOff"}},
                "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","message":"m","startedAt":"2026-11-20T00:00:00Z",
                 "finishedAt":"2026-11-20T00:01:02Z"}}},
               {"name":"d","ready":true,"restartCount":0,"image":"i","imageID":"",
                "state":{"running":{"startedAt":"2026-11-21T03:04:05Z"}}}]}}""";

    private static KubernetesClient client;

    @BeforeAll
    static void plant() {
        client = KubernetesClients.fromKubeconfig(SERVER.kubeconfig());
        SERVER.nodes(3, "--gpus", "8");
        put("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"osmo-operator\"}}");
        put("POST", "/api/v1/nodes", NODE);
        put("PUT", "/api/v1/nodes/extra/status", NODE);
        put("POST", "/api/v1/namespaces/osmo-operator/pods", POD);
        put("PUT", "/api/v1/namespaces/osmo-operator/pods/backend-worker-0/status", POD);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static void put(String method, String path, String body) {
        HttpResponse<String> answer = client.getHttpClient()
                .sendAsync(
                        request(path).method(method, "application/json", body).build(), String.class)
                .join();
        assertThat(answer.isSuccessful()).as(answer.body()).isTrue();
    }

    private static HttpRequest.Builder request(String path) {
        String server = client.getMasterUrl().toString().replaceFirst("/$", "");
        return client.getHttpClient().newHttpRequestBuilder().uri(URI.create(server + path));
    }

    private static <T> List<T> read(Kind kind, String accept, Function<JsonNode, T> parse) throws IOException {
        HttpResponse<byte[]> answer = client.getHttpClient()
                .sendAsync(request(kind.path()).header("Accept", accept).build(), byte[].class)
                .join();
        assertThat(answer.header("Content-Type")).startsWith(accept.replaceFirst(",.*", ""));
        List<T> facts = new ArrayList<>();
        Encoding.Decoder decoder = Encoding.of(answer.header("Content-Type"))
                .decoder(kind.fields(), new Encoding.Sink() {
                    @Override
                    public void next(String token) {}

                    @Override
                    public void item(JsonNode object) {
                        facts.add(parse.apply(object));
                    }
                });
        decoder.feed(ByteBuffer.wrap(answer.body()));
        decoder.end();
        return facts;
    }

    @Test
    void nodes_are_equal_in_protobuf_and_json() throws IOException {
        List<NodeFacts> protobuf = read(Kinds.NODES, Kinds.NODES.accept(), Parse::node);

        assertThat(protobuf).hasSize(4).isEqualTo(read(Kinds.NODES, JsonEncoding.TYPE, Parse::node));
        assertThat(protobuf)
                .filteredOn(n -> n.name().equals("extra"))
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.architecture()).isEqualTo("arm64");
                    assertThat(node.taints())
                            .contains(
                                    new Taint("k", "v", Taint.Effect.NO_SCHEDULE),
                                    new Taint("x", "", Taint.Effect.NO_EXECUTE));
                    assertThat(node.allocatable()).containsEntry("cpu", "3920m").containsEntry("nvidia.com/gpu", "8");
                    assertThat(node.podCidrs()).containsExactly("10.1.0.0/24");
                });
    }

    @Test
    void pods_are_equal_in_protobuf_and_json() throws IOException {
        Function<JsonNode, PodFacts> parse = pod -> Parse.pod(pod, "osmo-operator");
        List<PodFacts> protobuf = read(Kinds.PODS, Kinds.PODS.accept(), parse);

        assertThat(protobuf).isEqualTo(read(Kinds.PODS, JsonEncoding.TYPE, parse));
        assertThat(protobuf).singleElement().satisfies(pod -> {
            assertThat(pod.controller()).isEqualTo("ReplicaSet");
            // The scheduler reserves what the largest init container asks for, if that is more than the others
            // together.
            assertThat(pod.cpuMillis()).isEqualTo(9000);
            assertThat(pod.storageBytes()).isEqualTo(2_000_000_000L);
            assertThat(pod.unschedulable()).isEqualTo("0/3 nodes");
            assertThat(pod.containers()).hasSize(2);
            assertThat(pod.containers().get(0).restarts()).isEqualTo(7);
            assertThat(pod.containers().get(0).lastReason()).isEqualTo("OOMKilled");
        });
    }
}
