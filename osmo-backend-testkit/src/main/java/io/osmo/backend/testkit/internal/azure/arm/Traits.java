// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import io.osmo.backend.testkit.azure.PollingStyle;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is fixed for a type of resource. Completed in the constructor of its type, and constant from then on. */
public final class Traits {
    final String name;
    final List<String> apiVersions;
    boolean tracked = true;
    boolean showsState = true;
    String etagMember = "";
    String names = "[^<>%&:\\\\?/]{1,260}";
    Duration createTime = Duration.ZERO;
    Duration updateTime = Duration.ZERO;
    Duration deleteTime = Duration.ZERO;
    Duration retryAfter = Duration.ofSeconds(5);
    int createStatus = 201;
    int updateStatus = 200;
    String creating = "Creating";
    Set<PollingStyle> polling = Set.of(PollingStyle.AZURE_ASYNC_OPERATION);
    boolean deletionPreempts;

    private Traits(String name, List<String> apiVersions) {
        this.name = name;
        this.apiVersions = apiVersions;
    }

    /** A resource with a location and tags; requests take effect at once. */
    public static Traits tracked(String name, String... apiVersions) {
        return new Traits(name, List.of(apiVersions));
    }

    /** A part or an extension of a resource, without a location and tags of its own; requests take effect at once. */
    public static Traits proxy(String name, String... apiVersions) {
        Traits traits = new Traits(name, List.of(apiVersions));
        traits.tracked = false;
        return traits;
    }

    /** The names that the service accepts, as a regular expression. */
    public Traits names(String pattern) {
        names = pattern;
        return this;
    }

    /** The member that shows the entity tag. */
    public Traits etag(String member) {
        etagMember = member;
        return this;
    }

    /** It has no {@code properties.provisioningState}. */
    public Traits withoutState() {
        showsState = false;
        return this;
    }

    /** How long operations take; with zero, one has ended when its request is answered. */
    public Traits takes(Duration create, Duration update, Duration delete) {
        createTime = create;
        updateTime = update;
        deleteTime = delete;
        return this;
    }

    /** How long a client waits before it asks again. */
    public Traits retryAfter(Duration time) {
        retryAfter = time;
        return this;
    }

    /** Statuses of the response to a {@code PUT} that starts an operation. */
    public Traits accepted(int create, int update) {
        createStatus = create;
        updateStatus = update;
        return this;
    }

    /** The state during creation. */
    public Traits creating(String state) {
        creating = state;
        return this;
    }

    /** Headers that the service documents for operations that begin with {@code PUT}, {@code PATCH} or an action. */
    public Traits polling(PollingStyle... styles) {
        polling = Set.of(styles);
        return this;
    }

    /** A deletion cancels what runs on the resource. */
    public Traits deletionPreempts() {
        deletionPreempts = true;
        return this;
    }
}
