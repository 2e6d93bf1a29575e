// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import io.osmo.backend.testkit.internal.ModelFiles;
import io.osmo.backend.testkit.internal.Violations;
import io.osmo.backend.testkit.internal.aws.ServiceModel.Member;
import io.osmo.backend.testkit.internal.aws.ServiceModel.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Checks requests and responses against the vendor's models ({@code *.service-2.json.gz} as in botocore): required members,
 * patterns, lengths, ranges, enums, members that the model does not have. A request that breaks its model is refused with an
 * {@link AssertionError}. So is a response, which is a defect of the emulator.
 *
 * <p>Patterns and lengths of responses are not checked: the services themselves do not keep them.
 */
public final class AwsModels implements CallInspector {
    private static final Map<String, String> FILES = Map.of(
            "elasticloadbalancing", "elbv2",
            "tag", "resourcegroupstaggingapi",
            "servicequotas", "service-quotas");

    private final ModelFiles files;
    private final Map<String, ServiceModel> models = new ConcurrentHashMap<>();
    private final Violations violations = new Violations();

    private AwsModels(ModelFiles files) {
        this.files = files;
    }

    /**
     * @param directory holds the models; each is read with the first call of its service
     * @throws IllegalArgumentException if there is no such directory
     */
    public static AwsModels in(Path directory) {
        return new AwsModels(ModelFiles.in(directory));
    }

    /** Everything that was refused so far, for callers that may have swallowed the error. */
    public List<String> violations() {
        return violations.all();
    }

    @Override
    public void request(Call call) {
        check(call, true, call.request(SdkPojo.class));
    }

    @Override
    public void response(Call call, Object response) {
        check(call, false, (SdkPojo) response);
    }

    private void check(Call call, boolean input, SdkPojo pojo) {
        // Classic load balancers share the prefix of the newer ones and have no model here.
        if (pojo.getClass().getName().contains(".elasticloadbalancing.")) {
            return;
        }
        int colon = call.operation().indexOf(':');
        ServiceModel model = models.computeIfAbsent(call.operation().substring(0, colon), this::model);
        String operation = call.operation().substring(colon + 1);
        Check check = new Check(input, new ArrayList<>());
        model.shapeOf(operation, input).ifPresent(shape -> check.structure(shape, pojo, Location.of(operation)));
        if (!check.found().isEmpty()) {
            violations.check(call.operation() + (input ? " input" : " output"), check.found());
        }
    }

    private ServiceModel model(String service) {
        return files.read(FILES.getOrDefault(service, service) + ".service-2.json.gz", ServiceModel::new)
                .orElseThrow(() -> new IllegalStateException("no model of " + service + " in " + files));
    }

    /** Where a value is, such as {@code CreateCluster.name}. Text is made of it only when something is wrong. */
    private record Location(@Nullable Location parent, String before, Object step, String after) {
        static Location of(String operation) {
            return new Location(null, "", operation, "");
        }

        Location member(String name) {
            return new Location(this, ".", name, "");
        }

        Location item(Object indexOrKey) {
            return new Location(this, "[", indexOrKey, "]");
        }

        Location key(Object key) {
            return new Location(this, ".key(", key, ")");
        }

        @Override
        public String toString() {
            return (parent == null ? "" : parent) + before + step + after;
        }
    }

    /** One walk through a value along its shape. */
    private record Check(boolean input, List<String> found) {
        void structure(Shape shape, SdkPojo pojo, Location location) {
            Set<String> missing = new LinkedHashSet<>(shape.required());
            for (SdkField<?> field : pojo.sdkFields()) {
                Object value = field.getValueOrDefault(pojo);
                if (isPresent(value)) {
                    Member member = shape.member(field);
                    missing.remove(member.name());
                    if (member.isKnown()) {
                        value(member.shape(), value, location.member(member.name()));
                    } else {
                        found.add(location + "." + member.name() + " is not in the model");
                    }
                }
            }
            missing.forEach(member -> found.add(location + "." + member + " is required"));
        }

        private static boolean isPresent(Object value) {
            return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
        }

        private void value(Shape shape, Object value, Location location) {
            if (value instanceof SdkPojo pojo) {
                structure(shape, pojo, location);
            } else if (value instanceof List<?> list) {
                size(shape, list.size(), location, "items");
                for (int i = 0; i < list.size(); i++) {
                    value(shape.item(), list.get(i), location.item(i));
                }
            } else if (value instanceof Map<?, ?> map) {
                size(shape, map.size(), location, "entries");
                map.forEach((k, v) -> {
                    value(shape.key(), k, location.key(k));
                    value(shape.item(), v, location.item(k));
                });
            } else if (value instanceof String text) {
                string(shape, text, location);
            } else if (value instanceof Number number && input) {
                if (number.doubleValue() < shape.min()) {
                    found.add(location + " is " + number + ", at least " + shape.minText() + " is allowed");
                }
                if (number.doubleValue() > shape.max()) {
                    found.add(location + " is " + number + ", at most " + shape.maxText() + " is allowed");
                }
            }
        }

        private void string(Shape shape, String text, Location location) {
            // EC2 says "available" of internet gateways, as its reference shows, but not its model.
            if (!input && shape.name().equals("AttachmentStatus")) {
                return;
            }
            if (shape.isEnum()) {
                if (!shape.allows(text)) {
                    found.add(location + " is '" + text + "', which is not among the model's values");
                }
                return;
            }
            size(shape, text.length(), location, "characters");
            if (input && !shape.matches(text)) {
                found.add(location + " does not match " + shape.pattern());
            }
        }

        private void size(Shape shape, int size, Location location, String unit) {
            if (!input) {
                return;
            }
            if (size < shape.min()) {
                found.add(location + " has " + size + " " + unit + ", at least " + shape.minText() + " are needed");
            }
            if (size > shape.max()) {
                found.add(location + " has " + size + " " + unit + ", at most " + shape.maxText() + " are allowed");
            }
        }
    }
}
