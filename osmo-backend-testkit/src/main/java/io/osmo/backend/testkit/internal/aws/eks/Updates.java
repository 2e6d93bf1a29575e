// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.*;

/** Updates: one at a time for each cluster, node group or add-on. */
final class Updates {
    private final Eks eks;

    Updates(Eks eks) {
        this.eks = eks;
    }

    /**
     * Begins an update.
     *
     * @param owner cluster, or cluster and name
     * @param effect what happens when it is done
     */
    static Update begin(
            Eks eks, String owner, UpdateType type, List<UpdateParam> params, Duration duration, Runnable effect) {
        Update update = open(eks, owner, type, params);
        eks.account.after(duration, () -> {
            end(eks, update.id(), UpdateStatus.SUCCESSFUL, List.of());
            effect.run();
        });
        return update;
    }

    /** Starts an update that the caller ends. */
    static Update open(Eks eks, String owner, UpdateType type, List<UpdateParam> params) {
        String id = eks.account.uuid().toLowerCase(Locale.ROOT);
        Update update = Update.builder()
                .id(id)
                .type(type)
                .params(params)
                .status(UpdateStatus.IN_PROGRESS)
                .createdAt(eks.account.now())
                .build();
        eks.updates.put(id, new Eks.StoredUpdate(owner, update));
        return update;
    }

    /** Ends an update. */
    static void end(Eks eks, String id, UpdateStatus status, List<ErrorDetail> errors) {
        eks.updates.updateIfPresent(
                id,
                stored -> new Eks.StoredUpdate(
                        stored.owner(),
                        stored.update().toBuilder()
                                .status(status)
                                .errors(errors)
                                .build()));
    }

    static UpdateParam param(UpdateParamType type, Object value) {
        return UpdateParam.builder().type(type).value(String.valueOf(value)).build();
    }

    DescribeUpdateResponse describeUpdate(DescribeUpdateRequest r) {
        Eks.StoredUpdate found = eks.updates.get(r.updateId());
        if (!found.owner().equals(owner(r.name(), r.nodegroupName(), r.addonName()))) {
            throw EksErrors.notFound("No update found for ID: " + r.updateId());
        }
        return DescribeUpdateResponse.builder().update(found.update()).build();
    }

    ListUpdatesResponse listUpdates(ListUpdatesRequest r) {
        eks.clusters.get(r.name());
        String owner = owner(r.name(), r.nodegroupName(), r.addonName());
        Page<String> page = Page.of(
                eks.updates
                        .where(u -> u.owner().equals(owner))
                        .map(u -> u.update().id())
                        .toList(),
                r.maxResults(),
                r.nextToken(),
                eks.account.pageSize());
        return ListUpdatesResponse.builder()
                .updateIds(page.items())
                .nextToken(page.next())
                .build();
    }

    private static String owner(String cluster, @Nullable String nodeGroup, @Nullable String addon) {
        if (nodeGroup != null) {
            return cluster + "/" + nodeGroup;
        }
        return addon == null ? cluster : cluster + "/addon/" + addon;
    }
}
