/** The policies of IAM that let a host do its work. */
@NullMarked
package io.osmo.backend.aws.internal.permission;

import org.jspecify.annotations.NullMarked;
