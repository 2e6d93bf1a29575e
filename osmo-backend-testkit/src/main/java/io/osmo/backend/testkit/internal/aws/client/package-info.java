/** The clients of an emulated account: what every call has in common, and which services a region has. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.client;

import org.jspecify.annotations.NullMarked;
