create table if not exists stock (
    sku varchar(20) primary key,
    available integer not null
);
