/** The nodes: launch templates, managed node groups, and what the autoscaler needs to know about them. */
@NullMarked
package io.osmo.backend.aws.internal.pool;

import org.jspecify.annotations.NullMarked;
