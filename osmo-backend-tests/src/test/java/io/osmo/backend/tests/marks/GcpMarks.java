// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.marks;

import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.gkebackup.v1.UpdateBackupPlanRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.ResourceLabels;
import com.google.container.v1.SetLabelsRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import com.google.protobuf.FieldMask;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Labels of Google Cloud, and descriptions that can be changed: Compute Engine sets those of networks, subnets and routers at creation
 * only.
 */
final class GcpMarks implements MarkedBackend {
    private static final String NAME = "train-west";
    private static final String REGION = "us-central1";

    @Override
    public EmulatedCloud cloud(EmulatedClouds clouds) {
        return clouds.gcp();
    }

    @Override
    public BackendSpec first() {
        return spec(false);
    }

    @Override
    public BackendSpec spec() {
        return spec(true);
    }

    private static BackendSpec spec(boolean spot) {
        return BackendSpec.builder(NAME)
                .on("gcp", REGION)
                .tag("team", "research")
                .computePool(
                        "cpu", p -> p.instanceType("n2-standard-8").scale(1, 2).spot(spot))
                .computePool(
                        "a-pool-with-a-name-of-38-characters-xy",
                        p -> p.instanceType("n2-standard-8").scale(1, 2).spot(spot))
                .gpuPool("gpu", p -> p.instanceType("g2-standard-4").scale(1, 2))
                .build();
    }

    @Override
    public List<Mark> marks(EmulatedClouds clouds) {
        GcpClients gcp = clouds.gcp().open(REGION, GkeSettings.defaults());
        Runnable settle = () -> clouds.time().advance(Duration.ofMinutes(5));
        String location = "projects/" + gcp.project() + "/locations/" + REGION;
        List<Mark> marks = new ArrayList<>();
        cluster(gcp, location + "/clusters/" + NAME, settle, marks);
        gcp.keys()
                .listKeyRings(location)
                .iterateAll()
                .forEach(ring -> gcp.keys()
                        .listCryptoKeys(ring.getName())
                        .iterateAll()
                        .forEach(key -> labels(
                                key.getName(),
                                () -> gcp.keys().getCryptoKey(key.getName()).getLabelsMap(),
                                labels -> {
                                    var unused = gcp.keys()
                                            .updateCryptoKey(
                                                    CryptoKey.newBuilder()
                                                            .setName(key.getName())
                                                            .putAllLabels(labels)
                                                            .build(),
                                                    FieldMask.newBuilder()
                                                            .addPaths("labels")
                                                            .build());
                                },
                                marks)));
        gcp.backups().listBackupPlans(location).iterateAll().forEach(plan -> backup(gcp, plan, settle, marks));
        account(gcp, marks);
        return marks;
    }

    private static void cluster(GcpClients gcp, String cluster, Runnable settle, List<Mark> marks) {
        labels(
                cluster,
                () -> gcp.clusters().getCluster(cluster).getResourceLabelsMap(),
                labels -> {
                    Cluster now = gcp.clusters().getCluster(cluster);
                    var unused = gcp.clusters()
                            .setLabels(SetLabelsRequest.newBuilder()
                                    .setName(cluster)
                                    .setLabelFingerprint(now.getLabelFingerprint())
                                    .putAllResourceLabels(labels)
                                    .build());
                    settle.run();
                },
                marks);
        for (NodePool pool : gcp.clusters().getCluster(cluster).getNodePoolsList()) {
            String name = cluster + "/nodePools/" + pool.getName();
            labels(
                    name,
                    () -> gcp.clusters().getNodePool(name).getConfig().getResourceLabelsMap(),
                    labels -> {
                        var unused = gcp.clusters()
                                .updateNodePool(UpdateNodePoolRequest.newBuilder()
                                        .setName(name)
                                        .setResourceLabels(
                                                ResourceLabels.newBuilder().putAllLabels(labels))
                                        .build());
                        settle.run();
                    },
                    marks);
        }
    }

    private static void labels(
            String object, Supplier<Map<String, String>> read, Consumer<Map<String, String>> write, List<Mark> marks) {
        read.get()
                .forEach((key, value) -> marks.add(new Mark(
                        "gcp",
                        object,
                        key,
                        () -> {
                            Map<String, String> labels = new TreeMap<>(read.get());
                            labels.remove(key);
                            write.accept(labels);
                        },
                        () -> {
                            Map<String, String> labels = new TreeMap<>(read.get());
                            labels.put(key, value);
                            write.accept(labels);
                        })));
    }

    private static void backup(GcpClients gcp, BackupPlan plan, Runnable settle, List<Mark> marks) {
        labels(
                plan.getName(),
                () -> gcp.backups().getBackupPlan(plan.getName()).getLabelsMap(),
                labels -> {
                    var unused = gcp.backups()
                            .updateBackupPlanCallable()
                            .call(UpdateBackupPlanRequest.newBuilder()
                                    .setBackupPlan(BackupPlan.newBuilder()
                                            .setName(plan.getName())
                                            .putAllLabels(labels))
                                    .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
                                    .build());
                    settle.run();
                },
                marks);
    }

    private static void account(GcpClients gcp, List<Mark> marks) {
        String accounts = "/v1/projects/" + gcp.project() + "/serviceAccounts";
        var matcher = Pattern.compile("\"name\": *\"([^\"]*)\"[^}]*\"description\": *\"([^\"]*)\"")
                .matcher(send(gcp, "GET", accounts, ""));
        while (matcher.find()) {
            String path = "/v1/" + matcher.group(1);
            String description = matcher.group(2);
            marks.add(new Mark(
                    "gcp",
                    matcher.group(1),
                    "description",
                    () -> describe(gcp, path, ""),
                    () -> describe(gcp, path, description)));
        }
    }

    private static void describe(GcpClients gcp, String path, String description) {
        send(
                gcp,
                "PATCH",
                path,
                "{\"serviceAccount\":{\"description\":\"" + description + "\"},\"updateMask\":\"description\"}");
    }

    private static String send(GcpClients gcp, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gcp.endpoint(GcpService.IAM) + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = gcp.http().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(method + " " + path + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
